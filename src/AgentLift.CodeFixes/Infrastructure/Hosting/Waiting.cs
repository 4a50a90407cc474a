using AgentLift.Core.Obstacles.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Tells by which statements a program waits for its end, and by which it learns of it.</summary>
/// <param name="model">The program's meaning.</param>
/// <param name="isHandle">Whether a variable is an event or a source that the program waits for.</param>
/// <param name="isStop">Whether a call stops an agent.</param>
internal sealed class Waiting(SemanticModel model, Func<ISymbol?, bool> isHandle, Func<InvocationExpressionSyntax, bool> isStop)
{
    private static readonly HashSet<string> Handles = new(StringComparer.Ordinal)
    {
        "ManualResetEvent", "ManualResetEventSlim", "AutoResetEvent", "EventWaitHandle", "CancellationTokenSource", "TaskCompletionSource", "SemaphoreSlim", "CountdownEvent",
    };

    /// <summary>The type is one of those that a program waits for.</summary>
    public static bool IsHandleType(ITypeSymbol? type) => type is not null && Handles.Contains(type.Name);

    /// <summary>The statement waits, without a limit, for somebody to end the program.</summary>
    public bool IsWait(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: var expression } => IsWait(Bare(expression)),
        LocalDeclarationStatementSyntax => false,
        WhileStatementSyntax { Statement: var body } loop => IsEmpty(body) && IsConsoleRead(loop.Condition) || model.GetConstantValue(loop.Condition).Value is true && IsSleep(body),
        ForStatementSyntax { Condition: null, Declaration: null, Statement: var body } => IsSleep(body),
        _ => false,
    };

    /// <summary>The statement only writes to the console, declares a function, or holds a constant.</summary>
    public bool IsTransparent(StatementSyntax statement) => statement switch
    {
        LocalFunctionStatementSyntax or EmptyStatementSyntax => true,
        ReturnStatementSyntax { Expression: var code } => code is null || model.GetConstantValue(code).HasValue,
        LocalDeclarationStatementSyntax declaration => declaration.IsConst,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => Is(call, "Console", "WriteLine", "Write") && !call.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(),
        _ => false,
    };

    /// <summary>The statement waits for a key or a line at the console.</summary>
    public bool ReadsConsole(StatementSyntax statement) => statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Is(call, "Console", "ReadLine", "ReadKey", "Read"));

    /// <summary>The statement hooks a handler that does nothing but end the wait or stop agents.</summary>
    public bool IsHandler(StatementSyntax statement)
    {
        var expression = statement switch
        {
            ExpressionStatementSyntax plain => plain.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard ? discard.Right : plain.Expression,
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => value,
            _ => null,
        };
        return expression switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } hook => ExitSubscription.IsExitEvent(model.GetSymbolInfo(hook.Left).Symbol) && OnlyEnds(hook.Right),
            InvocationExpressionSyntax call when Is(call, "PosixSignalRegistration", "Create") && call.ArgumentList.Arguments is [var signal, var handler] =>
                signal.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SIGINT" or "SIGTERM" or "SIGQUIT" } && OnlyEnds(handler.Expression),
            _ => false,
        };
    }

    /// <summary>A call of a method of a platform type.</summary>
    public bool Is(InvocationExpressionSyntax call, string type, params string[] methods) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol method && method.ContainingType.Name == type && methods.Contains(method.Name);

    private bool IsWait(ExpressionSyntax expression)
    {
        if (IsConsoleRead(expression))
            return true;
        if (expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Task", Expression: var source })
            return isHandle(model.GetSymbolInfo(source).Symbol);
        if (expression is not InvocationExpressionSyntax call)
            return false;
        if (Is(call, "Thread", "Sleep") || Is(call, "Task", "Delay"))
            return call.ArgumentList.Arguments is [var time, ..] && IsForEver(time.Expression);
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var waited } || name is not ("WaitOne" or "Wait" or "GetResult" or "Join" or "WaitAsync"))
            return false;
        if (name == "Join")
            return waited.ToString() is "Thread.CurrentThread" or "System.Threading.Thread.CurrentThread" && call.ArgumentList.Arguments.Count == 0;
        if (call.ArgumentList.Arguments.Any(argument => !IsForEver(argument.Expression)))
            return false;
        while (waited is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter })
            waited = awaiter.Expression;
        if (waited is InvocationExpressionSyntax delay)
            return IsWait(delay);
        while (waited is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Task" or "Token" or "WaitHandle" } part)
            waited = part.Expression;
        return isHandle(model.GetSymbolInfo(waited).Symbol);
    }

    private bool OnlyEnds(ExpressionSyntax handler) => handler is AnonymousFunctionExpressionSyntax lambda && lambda.Body switch
    {
        BlockSyntax block => block.Statements.All(statement => statement is ExpressionStatementSyntax { Expression: var expression } && Ends(expression)),
        ExpressionSyntax expression => Ends(expression),
        _ => false,
    };

    private bool Ends(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" } } cancel => model.GetConstantValue(cancel.Right).Value is true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Set" or "Cancel" or "SetResult" or "TrySetResult" or "Release" or "Signal", Expression: var handle } }
            when isHandle(model.GetSymbolInfo(handle).Symbol) => true,
        InvocationExpressionSyntax call => isStop(call),
        _ => false,
    };

    private bool IsConsoleRead(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => Is(call, "Console", "ReadLine", "ReadKey", "Read"),
        MemberAccessExpressionSyntax part => IsConsoleRead(part.Expression),
        BinaryExpressionSyntax comparison => IsConsoleRead(comparison.Left) && comparison.Right is LiteralExpressionSyntax or MemberAccessExpressionSyntax,
        _ => false,
    };

    // -1, Timeout.Infinite, Timeout.InfiniteTimeSpan
    private bool IsForEver(ExpressionSyntax time) => model.GetConstantValue(time).Value is -1 || model.GetSymbolInfo(time).Symbol is { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" };

    private static bool IsEmpty(StatementSyntax body) => body is EmptyStatementSyntax or BlockSyntax { Statements.Count: 0 };

    private bool IsSleep(StatementSyntax body) => body switch
    {
        BlockSyntax { Statements: [var only] } => IsSleep(only),
        ExpressionStatementSyntax { Expression: var expression } => Bare(expression) is InvocationExpressionSyntax call && (Is(call, "Thread", "Sleep") || Is(call, "Task", "Delay")),
        _ => false,
    };

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax awaited => Bare(awaited.Expression),
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard => Bare(discard.Right),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured } => Bare(configured.Expression),
        _ => expression,
    };
}
