using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>What a statement of a program is to its agents.</summary>
internal enum StatementRole
{
    /// <summary>Nothing: it stays.</summary>
    Other,

    /// <summary>It makes an agent.</summary>
    Make,

    /// <summary>It starts an agent, and may make it too.</summary>
    Start,

    /// <summary>It waits for the end.</summary>
    Wait,

    /// <summary>It stops an agent.</summary>
    Stop,

    /// <summary>It learns of the end, or holds what is waited for: the host does.</summary>
    Signal,

    /// <summary>It tells a person how to end the wait.</summary>
    Prompt,
}

/// <summary>A program that makes, starts and stops agents by hand, read statement by statement.</summary>
internal sealed class HostProgram
{
    private static readonly string[] PromptWords = ["press", "hit", "enter", "key"];

    private readonly List<ISymbol> handles = [];
    private readonly Waiting waiting;

    private HostProgram(EntryPoint entry)
    {
        Entry = entry;
        waiting = new Waiting(entry.Model, symbol => symbol is not null && handles.Contains(symbol, SymbolEqualityComparer.Default), call => CallOn(call) is (not null, PhaseCall.Stop));
        Roles = new StatementRole[entry.Statements.Count];
    }

    public EntryPoint Entry { get; }

    public StatementRole[] Roles { get; }

    public List<MadeAgent> Agents { get; } = [];

    /// <summary>The agents in the order in which they are started.</summary>
    public List<MadeAgent> Started { get; } = [];

    /// <summary>The last statement that starts an agent.</summary>
    public int LastStart { get; private set; } = -1;

    /// <summary>The statement that waits for the end; -1 where none does.</summary>
    public int Wait { get; private set; } = -1;

    /// <summary>Why the program cannot become a host; <see langword="null"/> where it can.</summary>
    public string? Obstacle { get; private set; }

    public static HostProgram Read(EntryPoint entry)
    {
        var program = new HostProgram(entry);
        program.FindAgents();
        program.FindHandles();
        program.Obstacle = entry.ShapeObstacle() ?? program.Classify() ?? program.OrderObstacle();
        return program;
    }

    /// <summary>The statement only writes to the console, declares a function, or holds a constant.</summary>
    public bool IsTransparent(int index) => Entry.Statements[index] switch
    {
        LocalFunctionStatementSyntax or EmptyStatementSyntax => true,
        ReturnStatementSyntax { Expression: var code } => code is null || Entry.Model.GetConstantValue(code).HasValue,
        LocalDeclarationStatementSyntax declaration => declaration.IsConst,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => waiting.Is(call, "Console", "WriteLine", "Write") && !call.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(),
        _ => false,
    };

    /// <summary>The agents that a statement names.</summary>
    public IEnumerable<MadeAgent> AgentsIn(StatementSyntax statement) => statement.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Select(name => Entry.Model.GetSymbolInfo(name).Symbol)
        .Where(symbol => symbol is ILocalSymbol).Distinct(SymbolEqualityComparer.Default)
        .Select(symbol => Agents.Find(agent => SymbolEqualityComparer.Default.Equals(agent.Local, symbol))).OfType<MadeAgent>();

    private void FindAgents()
    {
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            if (Entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax creation } variable] } declared }
                && AgentOf(creation) is { } type)
            {
                Agents.Add(new MadeAgent(creation, type, TextOf(creation, declared.Type), (ILocalSymbol)Entry.Model.GetDeclaredSymbol(variable)!, i));
                Roles[i] = StatementRole.Make;
            }
            else if (Entry.Statements[i] is ExpressionStatementSyntax { Expression: var expression } && CallIn(expression) is { Expression: MemberAccessExpressionSyntax { Expression: ObjectCreationExpressionSyntax made } } && AgentOf(made) is { } class_)
            {
                Agents.Add(new MadeAgent(made, class_, made.Type.ToString(), null, i));
            }
        }
    }

    private INamedTypeSymbol? AgentOf(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Initializer is not null || Entry.Model.GetTypeInfo(creation).Type is not INamedTypeSymbol type)
            return null;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent is { Name: "BaseAgent", ContainingNamespace.Name: "Runtime" })
                return type;
        }

        return null;
    }

    private static string TextOf(BaseObjectCreationExpressionSyntax creation, TypeSyntax declared) => creation is ObjectCreationExpressionSyntax named ? named.Type.ToString() : declared.ToString();

    private void FindHandles()
    {
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            if (Entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax creation } variable] }
                && Waiting.IsHandleType(Entry.Model.GetTypeInfo(creation).Type) && Entry.Model.GetDeclaredSymbol(variable) is { } handle)
            {
                handles.Add(handle);
                Roles[i] = StatementRole.Signal;
            }
        }
    }

    private string? Classify()
    {
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
            else if (waiting.IsWait(statement))
            {
                Roles[i] = StatementRole.Wait;
                if (Wait >= 0)
                    return "the program waits more than once";
                Wait = i;
            }
            else if (waiting.IsHandler(statement) || DisposesSignal(statement))
            {
                Roles[i] = StatementRole.Signal;
            }
        }

        if (Wait >= 0 && waiting.ReadsConsole(Entry.Statements[Wait]))
            FindPrompt();
        return LeftOver();
    }

    private string? LeftOver()
    {
        LeaveUnwaited();
        var signals = Signals();
        for (var i = 0; i < Entry.Statements.Count; i++)
        {
            if (Roles[i] != StatementRole.Other)
                continue;
            var statement = Entry.Statements[i];
            if (Names(statement).Any(signals.Contains))
                return $"'{Shown(statement)}' uses what the program waits for";
            if (Agents.Any(agent => agent.Local is null && statement.Contains(agent.Creation)))
                return $"'{Shown(statement)}' makes an agent and does something with it that the host cannot do";
        }

        return Agents.Find(agent => !Started.Contains(agent)) is { } idle ? $"{idle.Type.Name} is not started in the body of the program itself" : null;
    }

    // An event or source that neither a wait nor a handler knows is the program's own.
    private void LeaveUnwaited()
    {
        for (var i = 0; i < Roles.Length; i++)
        {
            if (Roles[i] == StatementRole.Signal && Entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax } variable] }
                && Entry.Model.GetDeclaredSymbol(variable) is { } handle
                && !Enumerable.Range(0, Roles.Length).Any(other => other != i && Roles[other] is not (StatementRole.Other or StatementRole.Signal) && Names(Entry.Statements[other]).Contains(handle, SymbolEqualityComparer.Default))
                && !Enumerable.Range(0, Roles.Length).Any(other => waiting.IsHandler(Entry.Statements[other]) && Names(Entry.Statements[other]).Contains(handle, SymbolEqualityComparer.Default)))
            {
                Roles[i] = StatementRole.Other;
                for (var other = i + 1; other < Roles.Length; other++)
                {
                    if (Roles[other] == StatementRole.Signal && !waiting.IsHandler(Entry.Statements[other]) && Names(Entry.Statements[other]).Contains(handle, SymbolEqualityComparer.Default))
                        Roles[other] = StatementRole.Other;
                }
            }
        }
    }

    private IEnumerable<ISymbol> Names(StatementSyntax statement) =>
        statement.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => Entry.Model.GetSymbolInfo(name).Symbol).OfType<ISymbol>();

    private string? OrderObstacle()
    {
        if (Agents.GroupBy(agent => agent.Type, SymbolEqualityComparer.Default).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"the program makes more than one {twice.Key!.Name}, and a host runs one agent of a name";
        var firstStart = Array.IndexOf(Roles, StatementRole.Start);
        for (var i = firstStart + 1; i < LastStart; i++)
        {
            if (Roles[i] is StatementRole.Wait or StatementRole.Stop)
                return "an agent is started after the program has begun to wait or to stop";
            if (Roles[i] == StatementRole.Other && !IsTransparent(i) && !SetsUp(i))
                return $"'{Shown(Entry.Statements[i])}' stands between the starts of two agents";
            if (Roles[i] == StatementRole.Make && Agents.Find(agent => agent.Index == i) is { } late && ConstructionObstacle(late) is { } reason)
                return reason;
        }

        for (var i = LastStart + 1; i < Entry.Statements.Count; i++)
        {
            if (Roles[i] == StatementRole.Stop && Wait >= 0 && i < Wait)
                return "an agent is stopped before the program waits";
            if (Roles[i] != StatementRole.Other || IsTransparent(i))
                continue;
            if (Wait < 0)
                return $"the program does not wait for an end, and goes on with '{Shown(Entry.Statements[i])}'";
            if (i > Wait && Roles.Skip(i).Contains(StatementRole.Stop))
                return $"'{Shown(Entry.Statements[i])}' stands between the wait and the stop of the agents";
            if (i < Wait && waiting.ReadsConsole(Entry.Statements[i]))
                return $"'{Shown(Entry.Statements[i])}' talks with a person while the agents run";
        }

        return null;
    }

    // tutor.Port = 5; for an agent that is made and not yet started.
    private bool SetsUp(int index)
    {
        if (Entry.Statements[index] is not ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax, Right: var value } } statement)
            return false;
        var named = AgentsIn(statement).ToList();
        return named is [var only] && !value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any()
            && Enumerable.Range(index + 1, LastStart - index).Any(later => Roles[later] == StatementRole.Start && CallOn(Entry.Statements[later]).Agent == only);
    }

    // The host makes all agents before it starts the first.
    private static string? ConstructionObstacle(MadeAgent late)
    {
        foreach (var part in late.Type.DeclaringSyntaxReferences)
        {
            var places = part.GetSyntax().ChildNodes().Where(node => node is ConstructorDeclarationSyntax or FieldDeclarationSyntax { Declaration: not null } or PropertyDeclarationSyntax { Initializer: not null });
            if (places.SelectMany(place => place.DescendantNodes()).OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && name.StartsWith("Connect", StringComparison.Ordinal)))
                return $"{late.Type.Name} is made after another agent was started, and connects to somebody in its constructor";
        }

        return null;
    }

    private HashSet<ISymbol> Signals()
    {
        var signals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var i = 0; i < Roles.Length; i++)
        {
            if (Roles[i] == StatementRole.Signal && Entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [var variable] } && Entry.Model.GetDeclaredSymbol(variable) is { } local)
                signals.Add(local);
        }

        return signals;
    }

    private bool DisposesSignal(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Close", Expression: IdentifierNameSyntax name } } }
        && Entry.Model.GetSymbolInfo(name).Symbol is { } symbol && Signals().Contains(symbol);

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

    private (MadeAgent? Agent, PhaseCall Phase) CallOn(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: var expression } && CallIn(expression) is { } call ? CallOn(call) : default;

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
        || value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token", Expression: IdentifierNameSyntax source } && handles.Contains(Entry.Model.GetSymbolInfo(source).Symbol!, SymbolEqualityComparer.Default);

    private static InvocationExpressionSyntax? CallIn(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax awaited => CallIn(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: InvocationExpressionSyntax inner } } => inner,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: InvocationExpressionSyntax inner } } => inner,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax inner } } } } => inner,
        InvocationExpressionSyntax call => call,
        _ => null,
    };

    private static string Shown(StatementSyntax statement)
    {
        const int Most = 60;
        var text = statement.ToString().Split('\n')[0].TrimEnd('\r');
        return text.Length <= Most ? text : text.Substring(0, Most) + "...";
    }
}
