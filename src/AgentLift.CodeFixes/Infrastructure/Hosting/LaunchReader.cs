using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>
/// Reads the statements of a program that make and start agents deeper than in its body: in branches and loops, and in functions that it calls. Each agent is
/// made, set up, started and handed out by statements that follow one another; whatever else stands there must not care when they start.
/// </summary>
internal sealed class LaunchReader
{
    private readonly EntryPoint entry;
    private readonly Waiting waiting;
    private readonly StopGathering gathering;
    private readonly List<Launch> launches = [];
    private readonly List<AgentChoice> choices = [];
    private readonly List<LaunchCall> calls = [];
    private readonly Dictionary<LaunchSource, SourceReading> sources = [];

    public LaunchReader(EntryPoint entry, Waiting waiting)
    {
        (this.entry, this.waiting) = (entry, waiting);
        gathering = new StopGathering(entry, () => [.. launches.Select(launch => launch.Type)]);
    }

    /// <summary>All agents found.</summary>
    public IReadOnlyList<Launch> All => launches;

    /// <summary>The choices of which some of them are a part.</summary>
    public IReadOnlyList<AgentChoice> Choices => choices;

    /// <summary>The calls of functions and tables that make agents.</summary>
    public IReadOnlyList<LaunchCall> Calls => calls;

    /// <summary>The functions and tables that make agents.</summary>
    public IEnumerable<LaunchSource> Sources => sources.Keys;

    /// <summary>Whether more than one of them may be started.</summary>
    public bool StartsSeveral => LaunchRepetition.MayStartSeveral(launches, calls);

    /// <summary>Whether a statement makes an agent, itself or in a function that it calls.</summary>
    public bool Touches(StatementSyntax statement) => statement is not LocalFunctionStatementSyntax && !sources.Keys.Any(source => statement.Span.Contains(source.Node.Span)) && statement.DescendantNodes().Any(node => node switch
    {
        BaseObjectCreationExpressionSyntax creation => entry.Model.AgentOf(creation) is not null,
        InvocationExpressionSyntax call => LaunchSource.CalledBy(call, entry) is not null,
        _ => false,
    });

    /// <summary>Finds the tables of factories that the body asks.</summary>
    public void FindTables()
    {
        foreach (var table in entry.Statements.SelectMany(statement => statement.DescendantNodes()).OfType<InvocationExpressionSyntax>().Select(call => AgentTable.AskedBy(call, entry)).OfType<AgentTable>())
            Read(table);
    }

    /// <summary>Reads statements of the body, from one that touches agents on.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="read">How many belong together.</param>
    /// <returns>Why its agents cannot be registered; <see langword="null"/> where they can.</returns>
    public string? Read(List<StatementSyntax> statements, out int read) => ReadAt(statements, 0, new Scope(null, null, IsBody: true), out read);

    /// <summary>The statement stops agents that were handed out.</summary>
    public bool StopsAll(StatementSyntax statement) => gathering.StopsAll(statement);

    /// <summary>Marks the declarations of what was only kept to stop agents.</summary>
    public void MarkGathering(StatementRole[] roles)
    {
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] == StatementRole.Other && gathering.IsDeclaration(entry.Statements[i]))
                roles[i] = StatementRole.Gather;
        }
    }

    /// <summary>Why the agents cannot be registered although each statement could be read.</summary>
    public string? Obstacle(StatementRole[] roles) => gathering.Obstacle(roles) ?? LaunchRepetition.Obstacle(entry, launches, calls);

    private string? ReadList(IEnumerable<StatementSyntax> list, Scope scope)
    {
        var statements = list.ToList();
        for (var i = 0; i < statements.Count;)
        {
            if (ReadAt(statements, i, scope, out var read) is { } reason)
                return reason;
            i += read;
        }

        return null;
    }

    private string? ReadAt(List<StatementSyntax> statements, int index, Scope scope, out int read) =>
        ReadMade(statements, index, scope, out read) ?? (read > 0 ? null : ReadOther(statements[index], scope with { IsBody = false }, out read));

    private string? ReadOther(StatementSyntax statement, Scope scope, out int read)
    {
        read = 1;
        switch (statement)
        {
            case BlockSyntax block:
                return ReadList(block.Statements, scope);
            case IfStatementSyntax test:
                return ConditionObstacle(test.Condition) ?? ReadList([test.Statement], scope) ?? (test.Else is { } otherwise ? ReadList([otherwise.Statement], scope) : null);
            case SwitchStatementSyntax choice:
                return ConditionObstacle(choice.Expression) ?? choice.Sections.Select(section => ReadList(section.Statements, scope)).FirstOrDefault(reason => reason is not null);
            case ForEachStatementSyntax loop when scope.Loop is null && loop.AwaitKeyword.IsKind(SyntaxKind.None):
                return ConditionObstacle(loop.Expression) ?? ReadList([loop.Statement], scope with { Loop = loop });
            case ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null }:
                return null;
            case ReturnStatementSyntax when scope is not { Source: null, Loop: null }:
                return $"'{ProgramCalls.Shown(statement)}' stands beside the starts of agents";
            case ExpressionStatementSyntax or LocalDeclarationStatementSyntax when CallIn(statement) is { } call:
                return ReadCall(statement, call, scope);
            default:
                return waiting.IsTransparent(statement) ? null
                    : Touches(statement) ? $"'{ProgramCalls.Shown(statement)}' stands around the start of an agent, which the host starts later"
                    : $"'{ProgramCalls.Shown(statement)}' stands beside the starts of agents";
        }
    }

    // new Tutor().Start();  return new Tutor();  var tutor = new Tutor(); tutor.Port = 5; tutor.Start(); stops.Push(tutor.Stop);
    private string? ReadMade(List<StatementSyntax> statements, int index, Scope scope, out int read)
    {
        read = 0;
        var first = statements[index];
        if (first is ReturnStatementSyntax { Expression: { } returned } && scope.Source is not null && CreationsIn(returned) is not null)
        {
            read = 1;
            return Add(returned, null, [first], [], scope, starts: false);
        }

        if (first is ExpressionStatementSyntax { Expression: var expression } && ProgramCalls.CallIn(expression) is { Expression: MemberAccessExpressionSyntax { Expression: var target } } only && CreationsIn(target) is not null)
        {
            read = 1;
            return Add(target, null, [first], [], scope, starts: true)
                ?? (PhaseOf(only) == PhaseCall.Start ? null : $"'{ProgramCalls.Shown(first)}' does something with an agent that the host cannot do deeper than in the body of the program");
        }

        if (first is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value } variable] } || entry.Model.GetDeclaredSymbol(variable) is not ILocalSymbol local || CreationsIn(value) is null)
            return null;
        var next = index + 1;
        while (next < statements.Count && SetsUp(statements[next], local))
            next++;
        var setUp = statements.Skip(index + 1).Take(next - index - 1).ToList();
        var start = next < statements.Count && StartOf(statements[next], local) is { } call ? call : null;
        next += start is null ? 0 : 1;
        if (next < statements.Count && HandsOut(statements[next], local, scope))
            next++;
        if (start is null && statements[next - 1] is not ReturnStatementSyntax)
            return $"'{ProgramCalls.Shown(first)}' makes an agent that is not started where it is made and set up";
        if (!scope.IsBody && statements.Skip(next).FirstOrDefault(later => entry.Model.Mentions(later, local)) is { } use)
            return $"'{ProgramCalls.Shown(use)}' uses an agent that the host makes";
        var taken = statements.Skip(index).Take(next - index).ToList();
        if (scope.IsBody)
            gathering.Holds(local, taken);
        read = taken.Count;
        return Add(value, local, taken, setUp, scope, starts: start is not null)
            ?? (start is not null && PhaseOf(start) != PhaseCall.Start ? $"'{ProgramCalls.Shown(first)}' makes an agent that is not started where it is made and set up" : null);
    }

    // Of one class it is one launch, and may be set up; of several, each is one.
    private string? Add(ExpressionSyntax value, ILocalSymbol? local, List<StatementSyntax> statements, List<StatementSyntax> setUp, Scope scope, bool starts)
    {
        if (ConditionObstacle(value) is { } reason)
            return reason;
        var creations = CreationsIn(value)!;
        var isOne = statements.Count > 0 && AgentChoice.CreationsIn(value) is not null && value.DescendantNodesAndSelf().OfType<ConditionalExpressionSyntax>().All(choice => LateValues.CanWait(entry, choice.Condition, null))
            && value is not SwitchExpressionSyntax && creations.Select(creation => entry.Model.GetTypeInfo(creation).Type).Distinct(SymbolEqualityComparer.Default).Count() == 1;
        if (isOne)
        {
            launches.Add(new Launch(entry.Model.AgentOf(creations[0])!, MadeAgent.TextOf(creations[0], entry.Model), value, local) { Statements = statements, SetUp = setUp, Source = scope.Source, Loop = scope.Loop });
            return Note(scope, starts);
        }

        if (setUp.Count > 0)
            return $"'{ProgramCalls.Shown(setUp[0])}' sets up one of several agents";
        foreach (var creation in creations)
            launches.Add(new Launch(entry.Model.AgentOf(creation)!, MadeAgent.TextOf(creation, entry.Model), creation, null) { Source = scope.Source, Loop = scope.Loop });
        choices.Add(new AgentChoice(value, statements.Count > 0 ? TextSpan.FromBounds(statements[0].SpanStart, statements[statements.Count - 1].Span.End) : value.Span, statements.LastOrDefault() as ReturnStatementSyntax, statements.Count > 0));
        foreach (var call in value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(IsMade))
        {
            if (scope.Source is not null)
                return $"'{ProgramCalls.Shown(call)}' calls a function that makes agents from within another one";
            calls.Add(new LaunchCall(null, call, LaunchSource.CalledBy(call, entry)!, scope.Loop));
        }

        return Note(scope, starts);
    }

    // A function starts all that it makes, or none.
    private string? Note(Scope scope, bool starts)
    {
        if (scope.Source is not { } function)
            return null;
        var reading = sources[function];
        if (reading.Starts is { } known && known != starts)
            return $"{function.Symbol.Name} starts some of the agents that it makes, and others not";
        reading.Starts = starts;
        return null;
    }

    private List<BaseObjectCreationExpressionSyntax>? CreationsIn(ExpressionSyntax value) =>
        AgentChoice.CreationsIn(value, IsMade) is { } creations && creations.TrueForAll(creation => entry.Model.AgentOf(creation) is not null)
        && (creations.Count > 0 || value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(IsMade)) ? creations : null;

    // A call of a function that makes an agent and does not start it.
    private bool IsMade(InvocationExpressionSyntax call) => LaunchSource.CalledBy(call, entry) is { } function && Read(function) is { Obstacle: null, Starts: false };

    private bool SetsUp(StatementSyntax statement, ILocalSymbol agent) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner }, Right: var value } }
        && entry.Model.IsName(owner, agent) && LateValues.CanWait(entry, value, agent);

    private InvocationExpressionSyntax? StartOf(StatementSyntax statement, ILocalSymbol agent) =>
        statement is ExpressionStatementSyntax { Expression: var expression } && ProgramCalls.CallIn(expression) is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } } call
        && entry.Model.IsName(owner, agent) ? call : null;

    private bool HandsOut(StatementSyntax statement, ILocalSymbol agent, Scope scope)
    {
        if (statement is ReturnStatementSyntax { Expression: { } returned })
            return scope.Source is not null && gathering.IsHandOut(returned, agent);
        if (!gathering.IsHandOut(gathering.KeptBy(statement), agent))
            return false;
        gathering.Keeps(statement);
        return true;
    }

    // Launch(name);  stops.Push(Launch(name));  var stop = Launch(name);
    private string? ReadCall(StatementSyntax statement, InvocationExpressionSyntax call, Scope scope)
    {
        if (scope.Source is not null)
            return $"'{ProgramCalls.Shown(statement)}' calls a function that starts agents from within another one";
        var function = LaunchSource.CalledBy(call, entry)!;
        if (Read(function).Obstacle is { } obstacle)
            return obstacle;
        if (statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value } variable] } && value == call && entry.Statements.Contains(statement))
            gathering.Holds((ILocalSymbol)entry.Model.GetDeclaredSymbol(variable)!, [statement]);
        else if (gathering.KeptBy(statement) == call)
            gathering.Keeps(statement);
        else if (statement is not ExpressionStatementSyntax { Expression: var whole } || whole != call)
            return $"'{ProgramCalls.Shown(statement)}' does more with an agent than keep its stop";
        if (Read(function).Starts != true)
            return $"'{ProgramCalls.Shown(statement)}' makes an agent that is not started there";
        if (call.ArgumentList.Arguments.Any(argument => ConditionObstacle(argument.Expression) is not null))
            return $"'{ProgramCalls.Shown(statement)}' does something before it starts an agent";
        calls.Add(new LaunchCall(statement, call, function, scope.Loop));
        return null;
    }

    private SourceReading Read(LaunchSource source)
    {
        if (sources.TryGetValue(source, out var reading))
            return reading;
        sources[source] = reading = new SourceReading();
        var scope = new Scope(source, null, IsBody: false);
        reading.Obstacle = source.Obstacle(entry) ?? source switch
        {
            AgentTable table => table.Entries.Select(factory => ReadArrow(factory.ExpressionBody!, scope)).FirstOrDefault(reason => reason is not null),
            LaunchFunction { Arrow: { } arrow } => ReadArrow(arrow.Expression, scope),
            LaunchFunction function => ReadList(function.Body!.Statements, scope),
            _ => null,
        };
        return reading;
    }

    // => new Tutor();  => name switch { ... };
    private string? ReadArrow(ExpressionSyntax body, Scope scope) => CreationsIn(body) is null
        ? $"'{ProgramCalls.Shown(body)}' makes an agent in a way that a registration with the host cannot have"
        : Add(body, null, [], [], scope, starts: false);

    private InvocationExpressionSyntax? CallIn(StatementSyntax statement) =>
        statement.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => LaunchSource.CalledBy(call, entry) is not null);

    private PhaseCall PhaseOf(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count == 0 && entry.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method ? PhaseCalls.Of(method, [.. launches.Select(launch => launch.Type)]) : PhaseCall.None;

    // What decides on a start is now decided before the first agent runs: it must not ask the world.
    private string? ConditionObstacle(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().Any(node => node switch
    {
        InvocationExpressionSyntax call => !IsMade(call) && (entry.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || !IsOfValues(method)),
        BaseObjectCreationExpressionSyntax creation => entry.Model.AgentOf(creation) is null && !creation.Ancestors().Any(parent => parent is ThrowExpressionSyntax),
        AssignmentExpressionSyntax or AwaitExpressionSyntax => true,
        _ => false,
    })
        ? $"'{ProgramCalls.Shown(condition)}' is worked out between the starts of agents"
        : null;

    private static bool IsOfValues(IMethodSymbol method) =>
        method.ContainingType.SpecialType is not SpecialType.None and not SpecialType.System_Object || method.ContainingType.Name is "Enumerable" or "MemoryExtensions" || method.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    /// <summary>Where statements stand.</summary>
    /// <param name="Source">The function or table; <see langword="null"/> in the body of the program.</param>
    /// <param name="Loop">The loop within it.</param>
    /// <param name="IsBody">Whether they are the statements of the body of the program themselves.</param>
    private sealed record Scope(LaunchSource? Source, ForEachStatementSyntax? Loop, bool IsBody);

    /// <summary>What was found in a function.</summary>
    private sealed class SourceReading
    {
        public string? Obstacle { get; set; }

        /// <summary>Whether it starts what it makes.</summary>
        public bool? Starts { get; set; }
    }
}
