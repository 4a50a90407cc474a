using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>A program that makes, starts and stops agents by hand, read statement by statement.</summary>
internal sealed class HostProgram
{
    private static readonly string[] PromptWords = ["press", "hit", "enter", "key"];

    private readonly WaitHandles handles;

    private HostProgram(EntryPoint entry)
    {
        Entry = entry;
        Roles = new StatementRole[entry.Statements.Count];
        FindAgents();
        handles = WaitHandles.Find(entry, Roles);
        Waiting = new Waiting(entry.Model, handles.Contains, call => CallOn(call) is (not null, PhaseCall.Stop));
        Launches = new LaunchReader(entry, Waiting);
    }

    public EntryPoint Entry { get; }

    public Waiting Waiting { get; }

    public StatementRole[] Roles { get; }

    public List<MadeAgent> Agents { get; } = [];

    /// <summary>The agents that it makes deeper than in its body.</summary>
    public LaunchReader Launches { get; }

    /// <summary>The agents in the order in which they are started.</summary>
    public List<MadeAgent> Started { get; } = [];

    /// <summary>The first statement that starts an agent.</summary>
    public int FirstStart => Array.FindIndex(Roles, role => role is StatementRole.Start or StatementRole.Launch);

    /// <summary>The last statement that starts an agent.</summary>
    public int LastStart { get; private set; } = -1;

    /// <summary>The statement that waits for the end; -1 where none does.</summary>
    public int Wait { get; private set; } = -1;

    /// <summary>Whether more than one agent may be started.</summary>
    public bool StartsSeveral => Launches.StartsSeveral || (Launches.All.Count > 0 && Started.Count > 0);

    /// <summary>The statement from which on there is a host to be: the first that makes or starts an agent.</summary>
    public int First => Agents.Select(agent => agent.Index).Append(FirstStart).Where(index => index >= 0).Min();

    /// <summary>How the file breaks its lines, and indents the body.</summary>
    public SourceStyle Style => SourceStyle.Of(Entry.Statements[First]);

    /// <summary>Why the program cannot become a host; <see langword="null"/> where it can.</summary>
    public string? Obstacle { get; private set; }

    public static HostProgram Read(EntryPoint entry)
    {
        var program = new HostProgram(entry);
        program.Obstacle = entry.ShapeObstacle() ?? program.Classify() ?? ProgramOrder.Obstacle(program);
        return program;
    }

    /// <summary>The statement only writes to the console, declares a function, or holds a constant.</summary>
    public bool IsTransparent(int index) => Waiting.IsTransparent(Entry.Statements[index]);

    /// <summary>The agents that a statement names.</summary>
    public IEnumerable<MadeAgent> AgentsIn(StatementSyntax statement) => Entry.Model.SymbolsIn(statement)
        .Where(symbol => symbol is ILocalSymbol).Distinct(SymbolEqualityComparer.Default)
        .Select(symbol => Agents.Find(agent => SymbolEqualityComparer.Default.Equals(agent.Local, symbol))).OfType<MadeAgent>();

    /// <summary>What a statement does to the life of an agent that the body makes.</summary>
    public (MadeAgent? Agent, PhaseCall Phase) CallOn(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: var expression } && ProgramCalls.CallIn(expression) is { } call ? CallOn(call) : default;

    private void FindAgents()
    {
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            if (Entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax creation } variable] }
                && Entry.Model.AgentOf(creation) is { } type)
            {
                Agents.Add(new MadeAgent(creation, type, MadeAgent.TextOf(creation, Entry.Model), (ILocalSymbol)Entry.Model.GetDeclaredSymbol(variable)!, i));
                Roles[i] = StatementRole.Make;
            }
            else if (Entry.Statements[i] is ExpressionStatementSyntax { Expression: var expression } && ProgramCalls.CallIn(expression) is { Expression: MemberAccessExpressionSyntax { Expression: ObjectCreationExpressionSyntax made } } && Entry.Model.AgentOf(made) is { } class_)
            {
                Agents.Add(new MadeAgent(made, class_, made.Type.ToString(), null, i));
            }
        }
    }

    private string? Classify()
    {
        Launches.FindTables();
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            var statement = Entry.Statements[i];
            if (Roles[i] != StatementRole.Other)
                continue;
            if (CallOn(statement) is ({ } agent, not PhaseCall.None and var phase))
            {
                Roles[i] = phase == PhaseCall.Stop ? StatementRole.Stop : StatementRole.Start;
                if (phase == PhaseCall.Stop)
                    continue;
                if (Started.Contains(agent))
                    return $"{agent.Type.Name} is started twice";
                Started.Add(agent);
                LastStart = i;
                if (phase == PhaseCall.Run && (Wait >= 0 || i != LastMeaningful()))
                    return $"{agent.Type.Name} runs until it ends, and the program goes on after it";
                Wait = phase == PhaseCall.Run ? i : Wait;
            }
            else if (Agents.All(known => known.Index != i) && Launches.Touches(statement))
            {
                if (Launches.Read([.. Entry.Statements.Skip(i)], out var read) is { } reason)
                    return reason;
                for (LastStart = i + read - 1; i <= LastStart; i++)
                    Roles[i] = StatementRole.Launch;
                i--;
            }
            else if (Launches.StopsAll(statement))
            {
                Roles[i] = StatementRole.Stop;
            }
            else if (Waiting.IsWait(statement))
            {
                Roles[i] = StatementRole.Wait;
                if (Wait >= 0)
                    return "the program waits more than once";
                Wait = i;
            }
            else if (Waiting.IsHandler(statement) || handles.DisposesSignal(statement))
            {
                Roles[i] = StatementRole.Signal;
            }
        }

        if (Wait >= 0 && Waiting.ReadsConsole(Entry.Statements[Wait]))
            FindPrompt();
        return LeftOver();
    }

    private string? LeftOver()
    {
        handles.LeaveUnwaited(Waiting);
        Launches.MarkGathering(Roles);
        var signals = handles.Signals();
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            if (Roles[i] != StatementRole.Other)
                continue;
            var statement = Entry.Statements[i];
            if (Entry.Model.SymbolsIn(statement).Any(signals.Contains))
                return $"'{ProgramCalls.Shown(statement)}' uses what the program waits for";
            if (Agents.Any(agent => agent.Local is null && statement.Contains(agent.Creation)))
                return $"'{ProgramCalls.Shown(statement)}' makes an agent and does something with it that the host cannot do";
        }

        return Agents.Find(agent => !Started.Contains(agent)) is { } idle ? $"{idle.Type.Name} is not started in the body of the program itself" : Launches.Obstacle(Roles);
    }

    private void FindPrompt()
    {
        var before = Wait - 1;
        if (before > LastStart && Roles[before] == StatementRole.Other && IsTransparent(before)
            && Entry.Statements[before] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var said }] } }
            && Entry.Model.GetConstantValue(said).Value is string text
            && PromptWords.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            Roles[before] = StatementRole.Prompt;
        }
    }

    private int LastMeaningful()
    {
        for (var i = Entry.Statements.Count - 1; i >= 0; i--)
        {
            if (Entry.Statements[i] is not LocalFunctionStatementSyntax && (Entry.Statements[i] is not ReturnStatementSyntax || !IsTransparent(i)) && CallOn(Entry.Statements[i]).Phase != PhaseCall.Stop)
                return i;
        }

        return -1;
    }

    private (MadeAgent? Agent, PhaseCall Phase) CallOn(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var target } || Entry.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return default;
        var agent = target is IdentifierNameSyntax
            ? Agents.Find(known => known.Local is not null && SymbolEqualityComparer.Default.Equals(known.Local, Entry.Model.GetSymbolInfo(target).Symbol))
            : Agents.Find(known => known.Creation == target);
        return agent is null || !call.ArgumentList.Arguments.All(argument => IsHandlesToken(argument.Expression)) ? default : (agent, PhaseCalls.Of(method));
    }

    // CancellationToken.None, default, done.Token: what a caller by hand gives, and the host gives of its own.
    private bool IsHandlesToken(ExpressionSyntax value) =>
        value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } or DefaultExpressionSyntax
        || value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None", Expression: IdentifierNameSyntax { Identifier.ValueText: "CancellationToken" } }
        || value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token", Expression: IdentifierNameSyntax source } && handles.Contains(Entry.Model.GetSymbolInfo(source).Symbol);
}
