using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Tensors;

/// <summary>Writes a dispose scope into a file as its lines are laid out.</summary>
/// <param name="style">The style of the file.</param>
/// <param name="opening">The call that opens a scope.</param>
/// <param name="name">The name of the variable, where there is one.</param>
internal sealed class ScopeText(SourceStyle style, string opening, string name)
{
    private string Line => $"using var {name} = {opening};";

    /// <summary>The scope as the first statement of a loop's body, which becomes a block where it is none.</summary>
    public IReadOnlyList<TextChange> AroundBody(StatementSyntax body)
    {
        var text = body.SyntaxTree.GetText();
        if (body is BlockSyntax block)
            return [IntoBlock(text, block)];
        var header = body.GetFirstToken().GetPreviousToken();
        var loop = SourceStyle.IndentOf(text, header.SpanStart);
        var first = text.Lines.GetLineFromPosition(body.SpanStart);
        if (first.Start <= header.SpanStart)
            return [Insert(body.SpanStart, $"{{ {Line} "), Insert(body.Span.End, " }")];
        var end = EndOfLine(text, body);
        var opens = style.OpensOnLine
            ? [Insert(header.Span.End, " {"), Insert(first.Start, $"{SourceStyle.IndentOf(text, body.SpanStart)}{Line}{style.NewLine}")]
            : new[] { Insert(first.Start, $"{loop}{{{style.NewLine}{SourceStyle.IndentOf(text, body.SpanStart)}{Line}{style.NewLine}") };
        return [.. opens, Insert(end, $"{style.NewLine}{loop}}}")];
    }

    /// <summary>A block with the scope around some statements of a body, which go one level deeper.</summary>
    public IReadOnlyList<TextChange> Around(IReadOnlyList<StatementSyntax> statements)
    {
        var text = statements[0].SyntaxTree.GetText();
        var (start, last) = (statements[0].SpanStart, statements[statements.Count - 1]);
        var first = text.Lines.GetLineFromPosition(start);
        if (text.ToString(TextSpan.FromBounds(first.Start, start)).Trim().Length > 0 || EndOfLine(text, last) == last.Span.End && text.Lines.GetLineFromPosition(last.Span.End).End != last.Span.End)
            return [Insert(start, $"using ({opening}) {{ "), Insert(last.Span.End, " }")];
        var indent = SourceStyle.IndentOf(text, start);
        var changes = new List<TextChange>
        {
            Insert(first.Start, $"{indent}using ({opening}){(style.OpensOnLine ? " {" : $"{style.NewLine}{indent}{{")}{style.NewLine}{style.Unit}"),
        };
        for (var i = first.LineNumber + 1; i <= text.Lines.GetLineFromPosition(last.Span.End).LineNumber; i++)
        {
            if (!string.IsNullOrWhiteSpace(text.Lines[i].ToString()) && !IsWithinText(statements, text.Lines[i].Start) && text.Lines[i].ToString().TrimStart()[0] != '#')
                changes.Add(Insert(text.Lines[i].Start, style.Unit));
        }

        changes.Add(Insert(EndOfLine(text, last), $"{style.NewLine}{indent}}}"));
        return changes;
    }

    private TextChange IntoBlock(SourceText text, BlockSyntax block)
    {
        var first = block.Statements[0];
        var line = text.Lines.GetLineFromPosition(block.OpenBraceToken.Span.End);
        return first.SpanStart > line.End
            ? Insert(line.EndIncludingLineBreak, SourceStyle.IndentOf(text, first.SpanStart) + Line + style.NewLine)
            : Insert(first.SpanStart, Line + " ");
    }

    // Behind a comment on the same line.
    private static int EndOfLine(SourceText text, StatementSyntax statement)
    {
        var line = text.Lines.GetLineFromPosition(statement.Span.End);
        var rest = text.ToString(TextSpan.FromBounds(statement.Span.End, line.End)).Trim();
        return rest.StartsWith("//", StringComparison.Ordinal) ? line.End : statement.Span.End;
    }

    // A line of a text that spans lines must stay as it is.
    private static bool IsWithinText(IReadOnlyList<StatementSyntax> statements, int position)
    {
        var token = statements[0].SyntaxTree.GetRoot().FindToken(position);
        return token.SpanStart < position && token.Span.End > position
            && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken;
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
