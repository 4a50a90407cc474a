using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Text of a person that is put somewhere else, and the place that it leaves.</summary>
internal static class MovedText
{
    /// <summary>A node and the comments that belong to it: those directly above and those behind it on its line.</summary>
    public static TextSpan WithComments(SyntaxNode node)
    {
        var start = node.SpanStart;
        foreach (var trivia in node.GetLeadingTrivia().Reverse())
        {
            if (IsComment(trivia))
                start = trivia.FullSpan.Start;
            else if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                break;
        }

        var behind = node.GetTrailingTrivia().LastOrDefault(IsComment);
        return TextSpan.FromBounds(start, behind == default ? node.Span.End : behind.Span.End);
    }

    public static bool HasComments(SyntaxNode node) => WithComments(node) != node.Span;

    /// <summary>What to take out with a span so that no empty line and no white space is left of it.</summary>
    public static TextSpan Whole(SourceText text, TextSpan span)
    {
        var first = text.Lines.GetLineFromPosition(span.Start);
        var last = text.Lines.GetLineFromPosition(span.End);
        var isAlone = IsBlank(text, first.Start, span.Start) && IsBlank(text, span.End, last.End);
        if (!isAlone)
            return span.End < text.Length && text[span.End] == ' ' ? TextSpan.FromBounds(span.Start, span.End + 1) : span;
        var (start, end) = (first.Start, last.EndIncludingLineBreak);
        var isAfterBlank = first.LineNumber > 0 && IsBlank(text, text.Lines[first.LineNumber - 1]);
        var isBeforeEnd = last.LineNumber + 1 < text.Lines.Count && text.Lines[last.LineNumber + 1].ToString().TrimStart() is var next && (next.Length == 0 || next[0] == '}');
        if (isAfterBlank && isBeforeEnd)
            start = text.Lines[first.LineNumber - 1].Start;
        else if (first.LineNumber > 0 && text.Lines[first.LineNumber - 1].ToString().TrimEnd().EndsWith("{", StringComparison.Ordinal) && last.LineNumber + 1 < text.Lines.Count && IsBlank(text, text.Lines[last.LineNumber + 1]))
            end = text.Lines[last.LineNumber + 1].EndIncludingLineBreak;
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>What to take out with whole lines; a span of something else stays as it is.</summary>
    public static TextSpan WholeLines(SourceText text, TextSpan span)
    {
        var last = text.Lines.GetLineFromPosition(span.End - 1);
        return last.EndIncludingLineBreak == span.End && text.Lines.GetLineFromPosition(span.Start).Start == span.Start
            ? Whole(text, TextSpan.FromBounds(span.Start, last.End))
            : span;
    }

    public static bool IsBlank(SourceText text, TextLine line) => IsBlank(text, line.Start, line.End);

    /// <summary>A text with edits, which stand on the file, applied.</summary>
    public static string Edited(SourceText text, TextSpan span, IEnumerable<TextChange> edits) =>
        text.GetSubText(span).WithChanges(edits.Where(edit => span.Contains(edit.Span)).OrderBy(edit => edit.Span.Start)
            .Select(edit => new TextChange(new TextSpan(edit.Span.Start - span.Start, edit.Span.Length), edit.NewText!))).ToString();

    /// <summary>The lines of a text moved from one indentation to another; a text whose strings go over lines stays as it is.</summary>
    public static string Indented(SyntaxNode node, string written, string from, string to, string newLine)
    {
        var lines = written.Replace("\r\n", "\n").Split('\n');
        if (lines.Length == 1)
            return written;
        var isFixed = node.DescendantTokens().Any(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken && token.Text.Contains('\n'));
        return string.Join(newLine, lines.Select((line, i) => i == 0 || isFixed || !line.StartsWith(from, StringComparison.Ordinal) ? line : to + line.Substring(from.Length)));
    }

    private static bool IsBlank(SourceText text, int start, int end) => string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(start, end)));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
}
