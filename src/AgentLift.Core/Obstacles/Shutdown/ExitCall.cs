using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Shutdown;

/// <summary>A call of Environment.Exit: it can become a request to the host where nothing would go on that the end of the process kept from going on.</summary>
internal static class ExitCall
{
    /// <summary>Why the call stays; <see langword="null"/> where nothing in the agent is against it.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="call">The call.</param>
    /// <param name="isOnRuntime">The agent derives from BaseAgent, so that its methods are what they will be.</param>
    public static string? Obstacle(TypeSource source, InvocationExpressionSyntax call, bool isOnRuntime)
    {
        var model = source.ModelOf(call);
        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(type), source.Facts.Type))
            return "it stands in a nested type, which has no host to ask";
        for (var symbol = model.GetEnclosingSymbol(call.SpanStart); symbol is not null and not INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic)
                return $"{(symbol.Name.Length > 0 ? symbol.Name : "the function")} is static, and only the agent can ask its host: give it the agent first";
            if (symbol is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet) })
                return "an agent that cannot be made must throw";
        }

        if (FunctionAround(call) is not { } function || model.GetEnclosingSymbol(call.SpanStart) is not IMethodSymbol method)
            return "it stands in no function of the agent";

        // What others see of an agent may become a phase of its life first.
        if (!isOnRuntime && method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private })
            return null;
        if (Leave(method) is not { } leave)
            return $"{NameOf(method)} returns a value, with which its caller would go on";
        if (GoesOn(source, function, method, isOnRuntime, []) is { } caller)
            return $"{caller} goes on after the call of {NameOf(method)}, which ended the process: let it return first";
        return PlaceObstacle(call, method);
    }

    /// <summary>What ends the function; <see langword="null"/> where it owes somebody a value.</summary>
    public static string? Leave(IMethodSymbol method) =>
        method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false }) ? "return;"
        : method is { IsOverride: true, Name: "OnStartingAsync" or "OnStartedAsync" or "OnDrainingAsync" or "OnStoppedAsync" } ? "return ValueTask.CompletedTask;"
        : null;

    /// <summary>The statement behind a statement, in the same block.</summary>
    public static StatementSyntax? Next(StatementSyntax statement)
    {
        var siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        var index = siblings.IndexOf(statement);
        return index >= 0 && index + 1 < siblings.Count ? siblings[index + 1] : null;
    }

    /// <summary>Nothing of the function comes after the statement.</summary>
    public static bool IsTail(StatementSyntax statement, SyntaxNode function)
    {
        for (SyntaxNode? node = statement; node is not null; node = node.Parent)
        {
            if (node.Parent == function)
                return true;
            if (node is StatementSyntax inner && Next(inner) is not null)
                return false;
            if (node.Parent is not (BlockSyntax or IfStatementSyntax or ElseClauseSyntax or TryStatementSyntax or CatchClauseSyntax or UsingStatementSyntax or LockStatementSyntax))
                return false;
        }

        return false;
    }

    /// <summary>The innermost method, local function or lambda around a node.</summary>
    public static CSharpSyntaxNode? FunctionAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<CSharpSyntaxNode>(around => around is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    private static string? PlaceObstacle(InvocationExpressionSyntax call, IMethodSymbol method) => call.Parent switch
    {
        ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax when method.ReturnsVoid => null,
        ExpressionStatementSyntax statement when Next(statement) is null or ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax => null,
        ExpressionStatementSyntax => "code stands behind it that has never run: take it out first",
        _ => "it is a part of an expression",
    };

    // Whoever calls the function must end with it, up to the body of the thread or the phase.
    private static string? GoesOn(TypeSource source, SyntaxNode function, IMethodSymbol method, bool isOnRuntime, HashSet<ISymbol> seen)
    {
        if (function is AnonymousFunctionExpressionSyntax || !seen.Add(method) || method.IsOverride)
            return null;
        if (method.MethodKind == MethodKind.Ordinary && method.DeclaredAccessibility != Accessibility.Private)
            return isOnRuntime ? "whoever calls it from outside" : null;
        foreach (var name in source.ReferencesTo(method.OriginalDefinition))
        {
            var called = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? (ExpressionSyntax)access : name;
            if (called.Parent is not InvocationExpressionSyntax call)
                continue;
            var caller = FunctionAround(call);
            var callerSymbol = source.ModelOf(call).GetEnclosingSymbol(call.SpanStart) as IMethodSymbol;
            var statement = (call.Parent is AwaitExpressionSyntax awaited ? awaited.Parent : call.Parent) as ExpressionStatementSyntax;
            if (caller is null || callerSymbol is null)
                return "an initialiser";
            var ends = call.Parent is ArrowExpressionClauseSyntax || (statement is not null && (Next(statement) is ReturnStatementSyntax or ThrowStatementSyntax || IsTail(statement, caller)));
            if (!ends)
                return NameOf(callerSymbol);
            if (GoesOn(source, caller, callerSymbol, isOnRuntime, seen) is { } further)
                return further;
        }

        return null;
    }

    private static string NameOf(IMethodSymbol method) => method.Name.Length > 0 ? method.Name : "the function";
}
