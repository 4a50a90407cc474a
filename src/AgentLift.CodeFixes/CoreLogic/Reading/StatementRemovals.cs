using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Reading;

/// <summary>
/// Statements and members that go. They are gathered first and taken out line by line at the end, so that neighbours leave one gap and not several;
/// comments beside and above them stay.
/// </summary>
internal sealed class StatementRemovals(AgentDraft draft)
{
    private readonly List<SyntaxNode> nodes = [];

    public void Add(SyntaxNode node)
    {
        if (!Covers(node))
            nodes.Add(node);
    }

    /// <summary>The node goes, alone or with what is around it.</summary>
    public bool Covers(SyntaxNode node) => nodes.Any(other => other.SyntaxTree == node.SyntaxTree && other.Span.Contains(node.Span));

    public void Apply()
    {
        foreach (var tree in nodes.GroupBy(node => node.SyntaxTree))
        {
            var text = tree.Key.GetText();
            var gone = new HashSet<int>();
            foreach (var node in tree.Where(node => !nodes.Any(other => other != node && other.SyntaxTree == node.SyntaxTree && other.Span.Contains(node.Span))))
            {
                if (node.Parent is not (BlockSyntax or SwitchSectionSyntax or TypeDeclarationSyntax))
                    draft.Replace(tree.Key, node.Span, "{ }");
                else if (HasLinesAlone(text, node.Span))
                    gone.UnionWith(Enumerable.Range(text.Lines.IndexOf(node.SpanStart), text.Lines.IndexOf(node.Span.End) - text.Lines.IndexOf(node.SpanStart) + 1));
                else
                    draft.Replace(tree.Key, WithSpace(text, node.Span), string.Empty);
            }

            TakeLines(tree.Key, text, gone);
        }

        nodes.Clear();
    }

    private void TakeLines(SyntaxTree tree, SourceText text, HashSet<int> gone)
    {
        foreach (var first in gone.Where(line => !gone.Contains(line - 1)).OrderBy(line => line).ToList())
        {
            var (from, to) = (first, first);
            while (gone.Contains(to + 1))
                to++;

            // One empty line between what is left, and none after an opening or before a closing brace.
            var before = from > 0 ? text.Lines[from - 1].ToString().Trim() : string.Empty;
            var after = to + 1 < text.Lines.Count ? text.Lines[to + 1].ToString().Trim() : string.Empty;
            if (after.Length == 0 && to + 1 < text.Lines.Count - 1 && (before.Length == 0 || before == "{"))
                to++;
            else if (before.Length == 0 && from > 0 && after.StartsWith("}", StringComparison.Ordinal))
                from--;
            draft.Replace(tree, TextSpan.FromBounds(text.Lines[from].Start, text.Lines[to].EndIncludingLineBreak), string.Empty);
        }
    }

    private static bool HasLinesAlone(SourceText text, TextSpan span)
    {
        var (first, last) = (text.Lines.GetLineFromPosition(span.Start), text.Lines.GetLineFromPosition(span.End));
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, span.Start)))
            && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(span.End, last.End)));
    }

    private static TextSpan WithSpace(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return TextSpan.FromBounds(span.Start, end);
    }
}
