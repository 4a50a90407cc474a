using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Takes statements and members out of a file with their lines. Comments before, behind and within them stay.</summary>
internal static class Removal
{
    public static void Remove(this AgentDraft draft, SyntaxNode node) => Remove(draft, node, node);

    /// <summary>Takes out the last of some nodes that stand one below the other and all go.</summary>
    public static void Remove(this AgentDraft draft, SyntaxNode node, SyntaxNode firstGone)
    {
        var tree = node.SyntaxTree;
        var text = tree.GetText();
        var first = text.Lines.GetLineFromPosition(node.SpanStart);
        var last = text.Lines.GetLineFromPosition(node.Span.End);
        var kept = string.Concat(PlainCode.CommentsIn(node).Select(comment => IndentOf(first) + comment + NewLineOf(first)));
        if (!IsBlank(text, first.Start, node.SpanStart) || !IsBlank(text, node.Span.End, last.End))
        {
            RemoveWithinLine(draft, node, text, last);
            return;
        }

        // One of two empty lines goes too, and so does one next to a brace.
        var lines = TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak);
        var gone = text.Lines.GetLineFromPosition(firstGone.SpanStart);
        var before = gone.LineNumber > 0 ? text.Lines[gone.LineNumber - 1].ToString().Trim() : "{";
        var behind = last.LineNumber + 1 < text.Lines.Count ? text.Lines[last.LineNumber + 1] : default;
        if (kept.Length == 0 && behind != default)
        {
            var next = behind.ToString().Trim();
            if (next.Length == 0 && before is "" or "{" && draft.TryReplace(tree, TextSpan.FromBounds(lines.Start, behind.EndIncludingLineBreak), string.Empty))
                return;
            if (next == "}" && before.Length == 0 && firstGone == node && draft.TryReplace(tree, TextSpan.FromBounds(text.Lines[first.LineNumber - 1].Start, lines.End), string.Empty))
                return;
        }

        draft.Replace(tree, lines, kept);
    }

    private static void RemoveWithinLine(AgentDraft draft, SyntaxNode node, SourceText text, TextLine last)
    {
        var end = node.Span.End;
        while (end < last.End && text[end] == ' ' && !IsBlank(text, end, last.End))
            end++;
        var comments = string.Join(" ", PlainCode.CommentsIn(node));
        draft.Replace(node.SyntaxTree, TextSpan.FromBounds(node.SpanStart, end), comments.Length > 0 ? comments + NewLineOf(last) : string.Empty);
    }

    private static bool IsBlank(SourceText text, int start, int end) => string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(start, end)));

    private static string IndentOf(TextLine line) => SourceStyle.IndentOf(line.Text!, line.Start);

    private static string NewLineOf(TextLine line) =>
        line.Text!.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } used ? used : "\n";
}
