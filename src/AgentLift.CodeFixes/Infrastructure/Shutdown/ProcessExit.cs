using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Shutdown;

/// <summary>A call of Environment.Exit becomes a request to the host and a return, where nothing would go on that the end of the process kept from going on.</summary>
internal static class ProcessExit
{
    /// <returns>Why the call stays; <see langword="null"/> where it is rewritten.</returns>
    public static string? Rewrite(AgentCode agent, AgentDraft draft, InvocationExpressionSyntax call)
    {
        var model = agent.ModelOf(call);
        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(type), agent.Type))
            return "it stands in a nested type, which has no host to ask";
        for (var symbol = model.GetEnclosingSymbol(call.SpanStart); symbol is not null and not INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic)
                return $"{(symbol.Name.Length > 0 ? symbol.Name : "the function")} is static, and only the agent can ask its host: give it the agent first";
            if (symbol is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet) })
                return "an agent that cannot be made must throw";
        }

        if (call.FirstAncestorOrSelf<CSharpSyntaxNode>(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is not { } function
            || model.GetEnclosingSymbol(call.SpanStart) is not IMethodSymbol method)
        {
            return "it stands in no function of the agent";
        }

        if (Leave(method) is not { } leave)
            return $"{NameOf(method)} returns a value, with which its caller would go on";
        if (GoesOn(agent, function, method, []) is { } caller)
            return $"{caller} goes on after the call of {NameOf(method)}, which ended the process: let it return first";
        var text = $"RequestStop{call.ArgumentList}";
        if (call.Parent is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax)
            return method.ReturnsVoid && draft.TryReplace(call.SyntaxTree, call.Span, text) ? null : "it is a part of an expression";
        if (call.Parent is not ExpressionStatementSyntax statement)
            return "it is a part of an expression";
        return Replace(draft, statement, function, text, leave);
    }

    private static string? Replace(AgentDraft draft, ExpressionStatementSyntax statement, SyntaxNode function, string text, string leave)
    {
        var source = statement.SyntaxTree.GetText();
        var newLine = source.ToString().Contains("\r\n") ? "\r\n" : "\n";
        var indent = SourceStyle.IndentOf(source, statement.SpanStart);
        var next = Next(statement);
        if (next is ReturnStatementSyntax or ThrowStatementSyntax || (next is null && leave == "return;" && IsTail(statement, function)))
            return draft.TryReplace(statement.SyntaxTree, statement.Span, text + ";") ? null : "a comment or another change stands in the way";
        if (next is BreakStatementSyntax end)
        {
            return draft.TryReplace(statement.SyntaxTree, statement.Span, text + ";") && draft.TryReplace(end.SyntaxTree, end.Span, leave) ? null : "a comment or another change stands in the way";
        }

        if (next is not null)
            return "code stands behind it that has never run: take it out first";
        var written = statement.Parent is BlockSyntax or SwitchSectionSyntax
            ? $"{text};{newLine}{indent}{leave}"
            : $"{{ {text}; {leave} }}";
        return draft.TryReplace(statement.SyntaxTree, statement.Span, written) ? null : "a comment or another change stands in the way";
    }

    // What ends the function; null where it owes somebody a value.
    private static string? Leave(IMethodSymbol method) =>
        method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false }) ? "return;"
        : method is { IsOverride: true, Name: "OnStartingAsync" or "OnStartedAsync" or "OnDrainingAsync" or "OnStoppedAsync" } ? "return ValueTask.CompletedTask;"
        : null;

    // Whoever calls the function must end with it, up to the body of the thread or the phase.
    private static string? GoesOn(AgentCode agent, SyntaxNode function, IMethodSymbol method, HashSet<ISymbol> seen)
    {
        if (function is AnonymousFunctionExpressionSyntax || !seen.Add(method) || method.IsOverride)
            return null;
        if (method.MethodKind == MethodKind.Ordinary && method.DeclaredAccessibility != Accessibility.Private)
            return "whoever calls it from outside";
        foreach (var name in agent.Type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == method.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(agent.ModelOf(name).GetSymbolInfo(name).Symbol?.OriginalDefinition, method.OriginalDefinition))
                continue;
            var called = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? (ExpressionSyntax)access : name;
            if (called.Parent is not InvocationExpressionSyntax call)
                continue;
            var caller = call.FirstAncestorOrSelf<CSharpSyntaxNode>(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
            var callerSymbol = agent.ModelOf(call).GetEnclosingSymbol(call.SpanStart) as IMethodSymbol;
            var statement = (call.Parent is AwaitExpressionSyntax awaited ? awaited.Parent : call.Parent) as ExpressionStatementSyntax;
            if (caller is null || callerSymbol is null)
                return "an initialiser";
            var ends = call.Parent is ArrowExpressionClauseSyntax || (statement is not null && (Next(statement) is ReturnStatementSyntax or ThrowStatementSyntax || IsTail(statement, caller)));
            if (!ends)
                return NameOf(callerSymbol);
            if (GoesOn(agent, caller, callerSymbol, seen) is { } further)
                return further;
        }

        return null;
    }

    private static StatementSyntax? Next(StatementSyntax statement)
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

    // Nothing of the function comes after the statement.
    private static bool IsTail(StatementSyntax statement, SyntaxNode function)
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

    private static string NameOf(IMethodSymbol method) => method.Name.Length > 0 ? method.Name : "the function";
}
