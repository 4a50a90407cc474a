using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Assessment;

/// <summary>Cuts the lines around a place out of its file, five at most.</summary>
internal static class CodeExcerpts
{
    private const int MaximumLines = 5;
    private const int MaximumColumns = 240;

    public static CodeExcerpt Of(Location location, CancellationToken cancellationToken)
    {
        if (location.SourceTree is not { } tree)
            return new CodeExcerpt(1, []);

        var lines = tree.GetText(cancellationToken).Lines;
        var span = lines.GetLinePositionSpan(location.SourceSpan);
        var (first, last) = (span.Start.Line, Math.Min(span.End.Line, span.Start.Line + MaximumLines - 1));
        if (last - first < MaximumLines - 1 && first > 0)
            first--;
        if (last - first < MaximumLines - 1 && last < lines.Count - 1)
            last++;
        return new CodeExcerpt(first + 1, [.. Enumerable.Range(first, last - first + 1).Select(index => TextOf(lines[index]))]);
    }

    // Generated or minified lines can be very long; nobody reads them in an excerpt.
    private static string TextOf(TextLine line) =>
        line.Span.Length <= MaximumColumns
            ? line.ToString()
            : line.Text!.ToString(new TextSpan(line.Start, MaximumColumns)) + "…";
}
