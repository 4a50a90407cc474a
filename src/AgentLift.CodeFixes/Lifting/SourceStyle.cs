using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>How a file breaks and indents its lines, so that what is inserted looks like what is there.</summary>
/// <param name="NewLine">The line ending that the file uses first.</param>
/// <param name="ClassIndent">The indentation of the class.</param>
/// <param name="Unit">One level of indentation.</param>
internal sealed record SourceStyle(string NewLine, string ClassIndent, string Unit)
{
    private const string FourSpaces = "    ";

    // Not behind a comment or directive, which would swallow it.
    private static readonly Regex BraceLine = new(@"^((?! *(?://|#))[^\n]*[\w)>\]""])\n *\{(?=\n)", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    /// <summary>Whether a brace opens at the end of a line, not on a line of its own.</summary>
    public bool OpensOnLine { get; init; }

    /// <summary>The indentation of the class's members.</summary>
    public string MemberIndent => ClassIndent + Unit;

    public static SourceStyle Of(TypeDeclarationSyntax declaration, SourceText text)
    {
        var first = text.Lines[0];
        var newLine = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } used ? used : "\n";
        var classIndent = IndentOf(text, declaration.GetFirstToken().SpanStart);
        var member = declaration.Members.FirstOrDefault();
        var memberIndent = member is null ? classIndent + FourSpaces : IndentOf(text, member.GetFirstToken().SpanStart);
        var unit = memberIndent.Length > classIndent.Length && memberIndent.StartsWith(classIndent, StringComparison.Ordinal)
            ? memberIndent.Substring(classIndent.Length)
            : FourSpaces;
        return new SourceStyle(newLine, classIndent, unit) { OpensOnLine = IsOnLine(declaration, text) };
    }

    private static bool IsOnLine(TypeDeclarationSyntax declaration, SourceText text)
    {
        var braces = declaration.Members.OfType<BaseMethodDeclarationSyntax>().Select(method => method.Body?.OpenBraceToken).OfType<SyntaxToken>()
            .Where(brace => text.Lines.GetLineFromPosition(brace.SpanStart).LineNumber != text.Lines.GetLineFromPosition(brace.Parent!.Span.End).LineNumber).ToList();
        var onLine = braces.Count(brace => text.Lines.GetLineFromPosition(brace.SpanStart).LineNumber == text.Lines.GetLineFromPosition(brace.GetPreviousToken().Span.End).LineNumber);
        return onLine * 2 > braces.Count;
    }

    /// <summary>The style of a file around a statement of a program.</summary>
    public static SourceStyle Of(StatementSyntax statement)
    {
        var text = statement.SyntaxTree.GetText();
        var first = text.Lines[0];
        var newLine = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } used ? used : "\n";
        var indent = IndentOf(text, statement.SpanStart);
        var unit = text.Lines.Select(line => IndentOf(text, line.Start)).FirstOrDefault(white => white.Length > 0) is { } white && white[0] == '\t' ? "\t" : FourSpaces;
        return new SourceStyle(newLine, indent, unit);
    }

    /// <summary>The white space at the beginning of the line that a position is on.</summary>
    public static string IndentOf(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>Whether nothing but white space stands before a position on its line.</summary>
    public static bool BeginsLine(SourceText text, int position) =>
        string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(position).Start, position)));

    /// <summary>The spaces before a position within a line, which a line break takes the place of.</summary>
    public static TextSpan SpacesBefore(SourceText text, int position)
    {
        var start = position;
        while (start > 0 && (text[start - 1] is ' ' or '\t'))
            start--;
        return TextSpan.FromBounds(start, position);
    }

    /// <summary>Text written with <c>\n</c> and four spaces a level, as this file would have it.</summary>
    /// <param name="text">The text, not indented.</param>
    /// <param name="indent">The indentation of its first level.</param>
    public string Write(string text, string indent)
    {
        var lines = (OpensOnLine ? BraceLine.Replace(text, "$1 {") : text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var content = lines[i].TrimStart(' ');
            var level = (lines[i].Length - content.Length) / FourSpaces.Length;
            lines[i] = content.Length == 0 ? string.Empty : indent + string.Concat(Enumerable.Repeat(Unit, level)) + content;
        }

        return string.Join(NewLine, lines);
    }
}
