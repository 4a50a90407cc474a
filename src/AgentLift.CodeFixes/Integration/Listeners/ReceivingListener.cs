using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>A socket with one loop that receives and answers, which an endpoint takes the place of: the loop, what starts and ends it, and what is done with each request.</summary>
internal abstract class ReceivingListener(AgentSource source, ListenerSocket socket, Launches launches)
{
    /// <summary>Why the socket stays; <see langword="null"/> where it does not.</summary>
    public string? Reason { get; private set; }

    protected AgentSource Source => source;

    protected ListenerSocket Socket => socket;

    /// <summary>What goes.</summary>
    protected DeadCode Removal { get; } = new(source);

    protected StopSignals Signals { get; } = new(source);

    /// <summary>The variable that holds what was received.</summary>
    protected ISymbol? Data { get; set; }

    /// <summary>What is done with one request, without what receives it.</summary>
    protected List<StatementSyntax> Answer { get; } = [];

    /// <summary>What makes these statements return their answer.</summary>
    protected List<TextChange> Changes { get; } = [];

    /// <summary>Whether they await.</summary>
    protected bool IsAsync { get; set; }

    /// <summary>Adds the edits, all of them or none.</summary>
    public bool TryRewrite(AgentDraft draft, EndpointNames names)
    {
        if (socket.Reason is not null)
            return Doubt(socket.Reason);
        if (socket.AcceptFunction is not { } function || AgentSource.BlockOf(function) is not { } body)
            return Doubt($"{socket.Name} does not receive in a loop of its own");
        if (!ReadLoop(body.Statements) || Data is null || !ReadAnswer())
            return Doubt("its loop does more than to receive and to answer");
        if (launches.Of(function) is not var (launch, launched))
            return Doubt("how its loop is started is not known here, or it is started more than once");
        if (!launches.IsInStart(AgentSource.FunctionAround(launched)))
            return Doubt("its loop does not begin with the agent's start (OnStartingAsync)");
        if (AnchorOf(function, launched) is not { } anchor)
            return Doubt(socket.ConditionBeside(launched, function) ?? "it is made in one place and its loop is started in another");
        if (anchor.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(IsLoop))
            return Doubt("its loop is started in a loop");
        if (launch.Runs.Arguments.Any(argument => argument.Value is { } value && !DeadCode.IsPure(value)))
            return Doubt("what its loop is given is worked out where it is started");
        if ((launches.Holds(function) ?? socket.ConditionBeside(anchor, function)) is { } held)
            return Doubt(held);

        Removal.Anchor = anchor;
        foreach (var statement in launch.Statements.Concat(socket.LifeStatements).Where(statement => !function.Contains(statement)))
            Removal.Add(statement);
        if (function is not AnonymousFunctionExpressionSyntax)
            Removal.Add(function);
        if (socket.LeavesItsField)
            Removal.Add(socket.Declaration!.FirstAncestorOrSelf<FieldDeclarationSyntax>()!);
        Removal.Keep(Answer);
        Removal.Keep(socket.AddressArguments);
        Removal.AddUnused();
        Removal.AddEmptyPhases();
        if (socket.References.Concat(launch.Holder is { } holder ? source.ReferencesTo(holder) : []).FirstOrDefault(reference => !Removal.Covers(reference) && !socket.IsCreation(reference)) is { } other)
            return Doubt($"{other.Identifier.ValueText} is used for more than to receive: {other.FirstAncestorOrSelf<StatementSyntax>()?.ToString().Split('\n')[0].Trim() ?? other.Parent!.ToString()}");
        return Removal.Reason is null ? Write(draft, names, anchor) : Doubt(Removal.Reason);
    }

    /// <summary>A statement beside the loop that has no work of its own.</summary>
    protected abstract bool IsPrelude(StatementSyntax statement);

    /// <summary>Finds what receives in the body of the loop, and what is done then.</summary>
    protected abstract bool ReadRound(StatementSyntax round);

    /// <summary>Finds the answers.</summary>
    protected abstract bool ReadAnswer();

    /// <summary>Adds the edits; all that goes is in <see cref="Removal"/>.</summary>
    protected abstract bool Write(AgentDraft draft, EndpointNames names, StatementSyntax anchor);

    /// <summary>What stands within a statement that only disposes of the socket when its loop has ended.</summary>
    protected virtual IEnumerable<StatementSyntax>? Within(StatementSyntax statement) => null;

    /// <summary>An exit that does no more than to go when the agent stops.</summary>
    protected bool IsGuard(StatementSyntax statement) => statement is IfStatementSyntax { Else: null } guard && Signals.IsStop(guard.Condition)
        && guard.Statement.DescendantNodesAndSelf().OfType<StatementSyntax>().All(part => part is BlockSyntax or BreakStatementSyntax or ReturnStatementSyntax);

    protected IEnumerable<SyntaxNode> Around(SyntaxNode node) => node.Ancestors().TakeWhile(parent => Answer.Any(statement => statement == parent || statement.Contains(parent)));

    protected static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax;

    /// <summary>The statements among which one of the answer stands.</summary>
    protected List<StatementSyntax> SiblingsOf(StatementSyntax statement) => Answer.Contains(statement) ? Answer : statement.Parent is BlockSyntax block ? [.. block.Statements] : [statement];

    /// <summary>A variable of the answer that is declared in it.</summary>
    protected bool IsOfAnswer(ISymbol variable) =>
        Answer.Any(statement => variable.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == statement.SyntaxTree && statement.Span.Contains(part.Span)));

    /// <summary>Why the answer cannot stand in a method of its own; <see langword="null"/> where it can.</summary>
    protected string? TiedTo(IEnumerable<SimpleNameSyntax> names)
    {
        foreach (var symbol in names.Select(source.SymbolOf))
        {
            if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } or ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } && !IsOfAnswer(symbol!))
                return $"its answers use {symbol.Name}, which only its loop knows";
        }

        if (Changes.Exists(change => Answer[0].SyntaxTree.GetRoot().DescendantTrivia(change.Span).Any(trivia => change.Span.Contains(trivia.Span) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))))
            return "a comment stands within what sends an answer: move it first";
        return Answer.Any(statement => MovedCode.HasNamesOfItsFile(source.Agent, statement, source.Agent.Declaration.SyntaxTree)) ? "its answers use names that only their own file has, by an alias or a static using" : null;
    }

    /// <summary>Whether some code waits, as its function then must be asynchronous.</summary>
    protected static bool Awaits(SyntaxNode node) => node is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
        or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 };

    /// <summary>A name as it stands in code.</summary>
    protected static string Written(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The variable is declared where the loop is.</summary>
    protected bool IsOfLoop(ISymbol? variable) => variable is ILocalSymbol && socket.AcceptFunction is { } function
        && variable.DeclaringSyntaxReferences.All(part => part.SyntaxTree == function.SyntaxTree && function.Span.Contains(part.Span));

    protected bool Remark(SyntaxNode node) => Doubt($"its loop does more than to receive and to answer: {string.Join(" ", node.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(8))}");

    protected bool Doubt(string reason)
    {
        Reason ??= reason;
        return false;
    }

    private StatementSyntax? AnchorOf(SyntaxNode function, StatementSyntax launched)
    {
        if (socket.Place is not { } made)
            return launched;
        if (AgentSource.FunctionAround(made) is ConstructorDeclarationSyntax)
            return socket.IsBoundToLocals ? null : launched;
        if (function.Contains(made))
            return socket.AddressUsesLocals ? null : launched;
        return made.Parent == launched.Parent || (launches.IsInStart(AgentSource.FunctionAround(made)) && made.Parent?.Parent is MethodDeclarationSyntax && launched.Parent?.Parent is MethodDeclarationSyntax) ? made : null;
    }

    // var from = new IPEndPoint(IPAddress.Any, 0); while (_running) { ... }
    private bool ReadLoop(IEnumerable<StatementSyntax> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case var _ when IsPrelude(statement):
                case LocalDeclarationStatementSyntax local when local.Declaration.Variables.All(variable => variable.Initializer is { } initializer && Signals.IsStop(initializer.Value)):
                case ReturnStatementSyntax { Expression: null } or EmptyStatementSyntax:
                    break;
                case WhileStatementSyntax loop when source.ConstantOf(loop.Condition) is true || Signals.IsStop(loop.Condition):
                    if (!ReadRound(loop.Statement))
                        return false;
                    break;
                case ForStatementSyntax { Initializers.Count: 0, Incrementors.Count: 0 } loop when loop.Condition is null || source.ConstantOf(loop.Condition) is true || Signals.IsStop(loop.Condition):
                    if (!ReadRound(loop.Statement))
                        return false;
                    break;
                default:
                    if (Within(statement) is not { } inner)
                        return Remark(statement);
                    if (!ReadLoop(inner))
                        return false;
                    break;
            }
        }

        return true;
    }
}
