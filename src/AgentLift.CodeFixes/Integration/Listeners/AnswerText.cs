using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>The text of statements that move to a method of their own, with the changes that make them return an answer.</summary>
internal static class AnswerText
{
    /// <summary>Changes the statements and writes them with <c>\n</c> and four spaces a level.</summary>
    /// <param name="statements">Neighbours in one list.</param>
    /// <param name="changes">Changes of the file within them.</param>
    /// <param name="unit">One level of indentation of the file.</param>
    /// <returns><see langword="null"/> where a text in them spans lines, so that it would change with its indentation.</returns>
    public static string? Of(IReadOnlyList<StatementSyntax> statements, IEnumerable<TextChange> changes, string unit)
    {
        var text = statements[0].SyntaxTree.GetText();
        var span = SpanOf(statements);
        if (statements.SelectMany(statement => statement.DescendantTokens()).Any(token => text.Lines.IndexOf(token.SpanStart) != text.Lines.IndexOf(token.Span.End)))
            return null;
        var within = changes.OrderBy(change => change.Span.Start)
            .Select(change => new TextChange(TextSpan.FromBounds(Math.Max(change.Span.Start, span.Start) - span.Start, Math.Min(change.Span.End, span.End) - span.Start), change.NewText!));
        var body = SourceText.From(text.ToString(span)).WithChanges(within).ToString().TrimEnd();
        return Dedent(body, Lifting.SourceStyle.IndentOf(text, statements[0].SpanStart), unit);
    }

    /// <summary>Text with <c>\n</c>, one level further in.</summary>
    public static string Indented(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    /// <summary>Documentation to stand above a member, as it stood above others.</summary>
    public static string Above(IEnumerable<string> documentation) => string.Concat(documentation.Select(comment => string.Join("\n", comment.Split('\n').Select(line => line.Trim())) + "\n"));

    /// <summary>A statement with its line, where it has it for itself.</summary>
    public static TextSpan WholeLine(StatementSyntax statement)
    {
        var text = statement.SyntaxTree.GetText();
        var (first, last) = (text.Lines.GetLineFromPosition(statement.SpanStart), text.Lines.GetLineFromPosition(statement.Span.End));
        var isAlone = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, statement.SpanStart))) && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(statement.Span.End, last.End)));
        return isAlone ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak) : statement.Span;
    }

    /// <summary>The statements with the comments above the first and beside the last.</summary>
    public static TextSpan SpanOf(IReadOnlyList<StatementSyntax> statements)
    {
        var above = statements[0].GetLeadingTrivia().FirstOrDefault(IsComment);
        var beside = statements[statements.Count - 1].GetTrailingTrivia().LastOrDefault(IsComment);
        return TextSpan.FromBounds(above == default ? statements[0].SpanStart : above.SpanStart, beside == default ? statements[statements.Count - 1].Span.End : beside.Span.End);
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static string Dedent(string body, string indent, string unit)
    {
        var lines = body.Replace("\r\n", "\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].StartsWith(indent, StringComparison.Ordinal) ? lines[i].Substring(indent.Length) : lines[i].TrimStart();
            var levels = 0;
            while (unit.Length > 0 && line.StartsWith(unit, StringComparison.Ordinal))
            {
                line = line.Substring(unit.Length);
                levels++;
            }

            lines[i] = line.Trim().Length == 0 ? string.Empty : new string(' ', levels * 4) + line.TrimEnd();
        }

        return string.Join("\n", lines);
    }
}
