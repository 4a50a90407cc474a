using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Core.Obstacles;

/// <summary>Tells whether code can go without losing what a person wrote for persons.</summary>
internal static class PlainCode
{
    /// <summary>Neither comment nor directive stands within the node: nothing would get lost with it.</summary>
    public static bool IsPlain(SyntaxNode node) => !node.DescendantTrivia().Any(trivia =>
        node.Span.Contains(trivia.Span) && (trivia.IsDirective || IsComment(trivia) || trivia.IsKind(SyntaxKind.DisabledTextTrivia)));

    /// <summary>Nothing but white space stands before the node.</summary>
    public static bool HasBareLead(SyntaxNode node) => node.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>The comments within a node, as they are written.</summary>
    public static IEnumerable<string> CommentsIn(SyntaxNode node) => node.DescendantTrivia(descendIntoTrivia: false)
        .Where(trivia => node.Span.Contains(trivia.Span) && IsComment(trivia))
        .Select(trivia => trivia.ToString());

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
