using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>Documents a parameter that a constructor gets where the others are documented: the compiler warns of a list that misses one.</summary>
internal static class ParameterDocumentation
{
    public static void Insert(AgentDraft draft, MemberDeclarationSyntax declaration, string context) => Insert(draft, declaration, context, "What the runtime gives the agent.");

    public static void Insert(AgentDraft draft, MemberDeclarationSyntax declaration, string parameter, string meaning)
    {
        var documented = declaration.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>()
            .SelectMany(comment => comment.Content).OfType<XmlElementSyntax>().FirstOrDefault(element => element.StartTag.Name.LocalName.ValueText == "param");
        if (documented is null)
            return;
        var tree = declaration.SyntaxTree;
        var line = tree.GetText().Lines.GetLineFromPosition(documented.SpanStart);
        var before = tree.GetText().ToString(TextSpan.FromBounds(line.Start, documented.SpanStart));
        if (before.Trim() is not ("///" or "*"))
            return;
        var text = $"<param name=\"{parameter}\">{meaning}</param>";
        draft.Insert(tree, documented.SpanStart, text + tree.GetText().ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) + before);
    }
}
