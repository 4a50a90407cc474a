using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Shutdown;

/// <summary>What a handler for the end of the process does, without what only keeps the process from ending at once.</summary>
/// <param name="Statements">What it does.</param>
/// <param name="Method">The method that it is; <see langword="null"/> for a lambda.</param>
/// <param name="Declaration">That method, where it can go with the subscription.</param>
/// <param name="Obstacle">Why it cannot be read.</param>
internal sealed record ExitHandler(IReadOnlyList<SyntaxNode> Statements, IMethodSymbol? Method, MethodDeclarationSyntax? Declaration, string? Obstacle)
{
    public static ExitHandler Read(TypeFacts agent, ExpressionSyntax handler)
    {
        if (handler is AnonymousFunctionExpressionSyntax lambda && Forwarded(lambda) is { } inner)
            handler = inner;
        if (handler is AnonymousFunctionExpressionSyntax function)
            return Read(agent, function, function.Body, !function.AsyncKeyword.IsKind(SyntaxKind.None), null, null);
        if (agent.ModelOf(handler).GetSymbolInfo(handler).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, agent.Type)
            && method.DeclaringSyntaxReferences is [var part] && part.GetSyntax() is MethodDeclarationSyntax declaration)
        {
            return PlainCode.HasBareLead(declaration)
                ? Read(agent, declaration, (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody!.Expression, method.IsAsync, method, declaration)
                : Left($"{method.Name} has a comment that belongs to what it does: move both to OnDrainingAsync by hand");
        }

        return Left("its handler is neither a lambda nor a private method of the agent");
    }

    private static ExitHandler Read(TypeFacts agent, SyntaxNode function, SyntaxNode body, bool isAsync, IMethodSymbol? method, MethodDeclarationSyntax? declaration)
    {
        if (isAsync)
            return Left("its handler is asynchronous, and nobody waited for its end");
        var statements = (body is BlockSyntax block ? block.Statements.Cast<SyntaxNode>() : [body]).Where(statement => !IsKeepingAlive(agent, statement)).ToList();
        foreach (var statement in statements)
        {
            if (statement is not ExpressionStatementSyntax && statement is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax))
                return Left("its handler decides something: move it to OnDrainingAsync by hand");
            if (PlainCode.CommentsIn(statement).Any())
                return Left("a comment within its handler belongs to what it does: move both to OnDrainingAsync by hand");
            var model = agent.ModelOf(statement);
            foreach (var name in statement.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is { Kind: SymbolKind.Local or SymbolKind.Parameter } local && !statement.Span.Contains(local.DeclaringSyntaxReferences.FirstOrDefault()?.Span ?? function.Span))
                    return Left($"its handler uses '{local.Name}', which only it knows");
            }
        }

        return new ExitHandler(statements, method, declaration, null);
    }

    // (sender, e) => OnExit(sender, e) is OnExit.
    private static IdentifierNameSyntax? Forwarded(AnonymousFunctionExpressionSyntax lambda)
    {
        var parameters = lambda switch
        {
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var several } => several.Select(parameter => parameter.Identifier.ValueText).ToList(),
            SimpleLambdaExpressionSyntax { Parameter: var one } => [one.Identifier.ValueText],
            _ => [],
        };
        return parameters.Count > 0 && lambda.Body is InvocationExpressionSyntax { Expression: IdentifierNameSyntax target, ArgumentList.Arguments: var arguments }
            && arguments.Select(argument => argument.ToString()).SequenceEqual(parameters) ? target : null;
    }

    // e.Cancel = true, and an end with success: the host does both.
    private static bool IsKeepingAlive(TypeFacts agent, SyntaxNode statement)
    {
        var expression = statement is ExpressionStatementSyntax plain ? plain.Expression : statement;
        return expression switch
        {
            AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" } target } cancel =>
                agent.ModelOf(cancel).GetSymbolInfo(target).Symbol?.ContainingType.Name is "ConsoleCancelEventArgs" or "PosixSignalContext" && agent.ModelOf(cancel).GetConstantValue(cancel.Right).Value is true,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Exit", Expression: var owner }, ArgumentList.Arguments: [var code] } exit =>
                owner.ToString() is "Environment" or "System.Environment" && agent.ModelOf(exit).GetConstantValue(code.Expression).Value is 0,
            _ => false,
        };
    }

    private static ExitHandler Left(string reason) => new([], null, null, reason);
}
