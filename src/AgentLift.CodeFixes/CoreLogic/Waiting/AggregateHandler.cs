using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>
/// A handler that takes what a blocked wait wraps: <c>catch (AggregateException e) { Log(e.InnerException.Message); }</c>. Of an awaited task it takes the
/// exception itself, where nothing else in its try could throw one that it did not take before.
/// </summary>
internal static class AggregateHandler
{
    public static IEnumerable<CatchClauseSyntax> In(SyntaxNode function) => function.DescendantNodes().OfType<CatchClauseSyntax>()
        .Where(handler => handler.Declaration?.Type.ToString().EndsWith(nameof(AggregateException), StringComparison.Ordinal) == true);

    /// <summary>Whether the handler may take any exception, and needs of it only what the wait had wrapped.</summary>
    public static bool CanTakeInner(AgentSyntax code, CatchClauseSyntax handler, BlockedWait wait) =>
        handler is { Filter: null, Parent: TryStatementSyntax { Catches.Count: 1 } attempt }
        && attempt.Block.Span.Contains(wait.Whole.Span)
        && Names(code, handler).All(name => InnerOf(name) is not null || IsLogged(code, name))
        && wait.Awaited is InvocationExpressionSyntax awaited
        && awaited.ArgumentList.Arguments.All(argument => code.ModelOf(argument).GetConstantValue(argument.Expression).HasValue)
        && attempt.Block.DescendantNodes().All(node => node == wait.Whole || wait.Whole.Span.Contains(node.Span) || IsHarmless(code, node));

    public static void Write(AgentSyntax code, AgentDraft draft, CatchClauseSyntax handler)
    {
        var tree = handler.SyntaxTree;
        draft.Replace(tree, handler.Declaration!.Type.Span, "Exception");
        draft.AddUsing(tree, "System", nameof(Exception));
        foreach (var name in Names(code, handler))
        {
            if (InnerOf(name) is { } inner)
                draft.Replace(tree, inner.Span, name.Identifier.Text);
        }
    }

    private static IEnumerable<IdentifierNameSyntax> Names(AgentSyntax code, CatchClauseSyntax handler) => handler.Block.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == handler.Declaration!.Identifier.ValueText && code.SymbolOf(name) is ILocalSymbol);

    private static MemberAccessExpressionSyntax? InnerOf(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "InnerException" } access && access.Expression == name ? access : null;

    // A log then shows the exception without its wrapping.
    private static bool IsLogged(AgentSyntax code, IdentifierNameSyntax name) =>
        name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument && code.SymbolOf(call) is IMethodSymbol method && IsLog(method)
        && call.ArgumentList.Arguments.IndexOf(argument) is var index && index < method.Parameters.Length && method.Parameters[index].Type.Name == nameof(Exception);

    // Texts, comparisons and log methods throw nothing.
    private static bool IsHarmless(AgentSyntax code, SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => code.SymbolOf(call) is IMethodSymbol method
            && (method.ContainingType.SpecialType == SpecialType.System_String && method.Parameters.All(parameter => parameter.Type.SpecialType is SpecialType.System_String or SpecialType.System_Char) || IsLog(method)),
        ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax or CastExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or AwaitExpressionSyntax => false,
        BinaryExpressionSyntax { OperatorToken.Text: "/" or "%" } => false,
        _ => true,
    };

    private static bool IsLog(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute");
}
