using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>A loop that accepts connections and does nothing with them but hand each to code that answers its lines.</summary>
/// <param name="Function">The method or lambda that loops.</param>
/// <param name="Serve">What serves one connection.</param>
/// <param name="Server">The method that serves it; <see langword="null"/> where the code stands in the loop or a lambda.</param>
/// <param name="IsSequential">One connection is served after the other.</param>
internal sealed record AcceptLoop(SyntaxNode Function, LineServe Serve, RunFunction? Server, bool IsSequential);

/// <summary>Reads accept loops.</summary>
internal sealed class AcceptLoopReader(AgentSource source, Func<ExpressionSyntax, bool> isListener)
{
    private readonly StopSignals signals = new(source);
    private readonly BackgroundCalls background = new(source);
    private readonly HashSet<ISymbol> clients = new(SymbolEqualityComparer.Default);
    private readonly HashSet<StatementSyntax> done = [];
    private AcceptLoop? found;
    private SyntaxNode? loopFunction;

    /// <summary>Why the loop is no plain one.</summary>
    public string? Reason { get; private set; }

    /// <summary>Statements in the loop's own function that make and start its listener.</summary>
    public HashSet<StatementSyntax> Listener { get; } = [];

    public AcceptLoop? Read(SyntaxNode function)
    {
        loopFunction = function;
        if (AgentSource.BlockOf(function) is not { } body)
            return Doubt("what accepts has no body of its own");
        foreach (var statement in body.Statements)
        {
            if (Listener.Contains(statement) || IsQuiet(statement))
                continue;
            if (found is not null || LoopBody(statement) is not { } round)
                return Doubt($"{Name} does more than to accept: {Short(statement)}");
            if (!TakeAll(round))
                return Doubt($"{Name} does more than to accept");
            if (found is null)
                return Doubt($"{Name} hands its connections to nobody");
        }

        return found ?? Doubt($"{Name} does not accept in a loop");
    }

    private string Name => loopFunction switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => "the accept loop",
    };

    // A variable for the token, a return at the end.
    private bool IsQuiet(StatementSyntax statement) => statement switch
    {
        LocalFunctionStatementSyntax or EmptyStatementSyntax or ReturnStatementSyntax { Expression: null } => true,
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local => local.Declaration.Variables.All(variable => variable.Initializer is { } initializer && signals.IsStop(initializer.Value)),
        _ => false,
    };

    private List<StatementSyntax>? LoopBody(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax loop when IsForLife(loop.Condition) => [loop.Statement],
        DoStatementSyntax loop when IsForLife(loop.Condition) => [loop.Statement],
        ForStatementSyntax loop when (loop.Condition is null || IsForLife(loop.Condition)) && loop.Incrementors.All(next => next is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax) => [loop.Statement],
        TryStatementSyntax { Finally: null, Block.Statements: { Count: 1 } only } attempt when source.OnlyTell(attempt.Catches) => LoopBody(only[0]),
        _ => null,
    };

    private bool IsForLife(ExpressionSyntax condition)
    {
        if (source.ConstantOf(condition) is true || signals.IsStop(condition))
            return true;
        Reason ??= $"{Name} runs while {condition}, which more than the agent's start and stop decide";
        return false;
    }

    private bool TakeAll(IEnumerable<StatementSyntax> statements)
    {
        var list = statements.ToList();
        for (var i = 0; i < list.Count; i++)
        {
            // using var client = listener.AcceptTcpClient(); and what follows serves it.
            if (list[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Declaration.Variables: { Count: 1 } variables } && variables[0].Initializer is { } accepted && IsAccept(accepted.Value))
                return Inline(source.Declared(variables[0])!, list.Skip(i + 1));
            if (!done.Contains(list[i]) && !Take(list[i]))
                return false;
        }

        return true;
    }

    private bool Take(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                return TakeAll(block.Statements);
            case EmptyStatementSyntax:
                return true;
            case TryStatementSyntax { Finally: null } attempt:
                return source.OnlyTell(attempt.Catches) ? TakeAll(attempt.Block.Statements) : Remark(attempt.Catches.First(clause => !clause.Block.Statements.All(source.OnlyTells)).Block);
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is null || IsAccept(variables[0].Initializer!.Value):
                clients.Add(source.Declared(variables[0])!);
                return true;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsAccept(assignment.Right) && IsClient(assignment.Left):
                return true;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax access } } when IsClient(access.Expression):
                return access.Name.Identifier.ValueText == "NoDelay" || Remark(statement);
            case IfStatementSyntax { Else: null } guard when signals.IsStop(guard.Condition) && IsLeaving(guard.Statement):
                return true;
            case IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { Operand: var pending } } guard when IsPending(pending):
                return IsWaiting(guard.Statement);
            case LockStatementSyntax guarded:
                return IsGuard(guarded.Statement) || Remark(statement);
            case WhileStatementSyntax loop when IsPending(loop.Condition):
                return Take(loop.Statement);
            case ExpressionStatementSyntax wait when IsPause(wait.Expression) || IsThrowIfStopped(wait.Expression):
                return true;
            default:
                return HandOver(statement) || Remark(statement);
        }
    }

    private bool HandOver(StatementSyntax statement)
    {
        if (found is not null)
            return false;
        if (background.Read(statement) is { } call)
        {
            if (call.Holder is IFieldSymbol or IPropertySymbol)
                return false;
            done.UnionWith(call.Statements);
            return Serve(call.Runs, isSequential: false);
        }

        return statement is ExpressionStatementSyntax expression && background.FunctionCalled(expression.Expression) is { } called
            && Serve(called, isSequential: expression.Expression is AwaitExpressionSyntax || called.Function is MethodDeclarationSyntax method && !method.Modifiers.Any(SyntaxKind.AsyncKeyword));
    }

    private bool Serve(RunFunction run, bool isSequential)
    {
        // A lambda with code of its own uses the loop's variable.
        if (run.Name is null && run.Function is AnonymousFunctionExpressionSyntax lambda && !run.Arguments.Any(argument => argument.Value is not null) && lambda.Block is { } block && clients.Count == 1)
        {
            var inline = new LineServeReader(source, signals);
            var read = inline.ReadInline(lambda, block.Statements, clients.Single());
            Reason ??= inline.Reason;
            found = read is null ? null : new AcceptLoop(loopFunction!, read, null, isSequential);
            return found is not null;
        }

        var reader = new LineServeReader(source, signals);
        var serve = reader.Read(run, value => IsClient(value) || IsAccept(value));
        if (serve is null)
        {
            Reason ??= reader.Reason;
            return false;
        }

        if (run.Name is { } name && source.SymbolOf(name) is { } method && source.ReferencesTo(method).Count != 1)
        {
            Reason ??= $"{method.Name} is called from elsewhere too";
            return false;
        }

        found = new AcceptLoop(loopFunction!, serve, run.Name is null ? null : run, isSequential);
        return true;
    }

    private bool Inline(ISymbol client, IEnumerable<StatementSyntax> statements)
    {
        var reader = new LineServeReader(source, signals);
        var serve = reader.ReadInline(null, statements, client);
        Reason ??= reader.Reason;
        found = serve is null ? null : new AcceptLoop(loopFunction!, serve, null, IsSequential: true);
        return found is not null;
    }

    private bool IsAccept(ExpressionSyntax expression) =>
        AgentSource.CallIn(AgentSource.Awaited(expression)) is ("AcceptTcpClient" or "AcceptTcpClientAsync" or "AcceptSocket" or "AcceptSocketAsync" or "Accept" or "AcceptAsync", { } receiver, _) && isListener(receiver);

    private bool IsPending(ExpressionSyntax expression) => AgentSource.CallIn(expression) is ("Pending", { } receiver, _) && isListener(receiver);

    private bool IsClient(ExpressionSyntax expression) =>
        AgentSource.Unwrapped(expression) is SimpleNameSyntax name && source.SymbolOf(name) is { } symbol && clients.Contains(symbol);

    private bool IsPause(ExpressionSyntax expression) =>
        AgentSource.CallIn(AgentSource.Awaited(expression)) is ("Sleep" or "Delay", _, { } call) && (source.SymbolOf(call) as IMethodSymbol)?.ContainingType.Name is "Thread" or "Task";

    private bool IsThrowIfStopped(ExpressionSyntax expression) =>
        AgentSource.CallIn(expression) is ("ThrowIfCancellationRequested", { } token, _) && signals.IsStop(token);

    private bool IsWaiting(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.All(IsWaiting),
        ContinueStatementSyntax => true,
        ExpressionStatementSyntax expression => IsPause(expression.Expression),
        _ => false,
    };

    private bool IsGuard(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.All(IsGuard),
        IfStatementSyntax { Else: null } guard => signals.IsStop(guard.Condition) && IsLeaving(guard.Statement),
        _ => false,
    };

    private static bool IsLeaving(StatementSyntax statement) => statement is BreakStatementSyntax or ReturnStatementSyntax { Expression: null }
        || (statement is BlockSyntax { Statements: { Count: 1 } only } && IsLeaving(only[0]));

    private bool Remark(SyntaxNode node)
    {
        Reason ??= $"{Name} does more than to accept: {Short(node)}";
        return false;
    }

    private AcceptLoop? Doubt(string reason)
    {
        Reason ??= reason;
        return null;
    }

    private static string Short(SyntaxNode node)
    {
        var text = string.Join(" ", node.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 60 ? text.Substring(0, 60) + "..." : text;
    }
}
