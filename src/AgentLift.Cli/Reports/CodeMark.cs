using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports;

/// <summary>An excerpt's line cut in three: before, inside and after the place that a finding points at.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Before">Text before the place; the whole line where the place does not touch it.</param>
/// <param name="Marked">Text inside the place; empty where it does not touch the line.</param>
/// <param name="After">Text after the place.</param>
internal sealed record CodeMark(int Number, string Before, string Marked, string After)
{
    private const int TabWidth = 4;

    /// <summary>Cuts the lines of an excerpt. Tabs become four spaces, and the indentation that all lines share is taken off.</summary>
    /// <param name="excerpt">The lines.</param>
    /// <param name="place">The place within the file.</param>
    /// <param name="maximumWidth">Longer lines are cut off with an ellipsis.</param>
    public static ImmutableArray<CodeMark> Of(CodeExcerpt excerpt, SourcePlace place, int maximumWidth = 160)
    {
        var marks = excerpt.Lines.Select((line, index) => Cut(line, excerpt.FirstLine + index, place)).ToList();
        var shared = marks.Where(mark => !mark.IsBlank).Select(mark => mark.Indentation).DefaultIfEmpty(0).Min();
        return [.. marks.Select(mark => mark.Outdented(shared).Within(maximumWidth))];
    }

    /// <summary>The whole line.</summary>
    public string Text => Before + Marked + After;

    private bool IsBlank => string.IsNullOrWhiteSpace(Text);

    private int Indentation => Before.Length - Before.TrimStart(' ').Length;

    private static CodeMark Cut(string line, int number, SourcePlace place)
    {
        if (number < place.Line || number > place.EndLine)
            return new CodeMark(number, Clean(line), string.Empty, string.Empty);

        var start = number == place.Line ? Math.Clamp(place.Column - 1, 0, line.Length) : FirstInk(line);
        var end = number == place.EndLine ? Math.Clamp(place.EndColumn - 1, start, line.Length) : line.TrimEnd().Length;
        end = Math.Max(start, end);
        return new CodeMark(number, Clean(line[..start]), Clean(line[start..end]), Clean(line[end..]));
    }

    // A place over several lines is marked from the first ink of each, not over its indentation.
    private static int FirstInk(string line) => line.Length - line.TrimStart().Length;

    private static string Clean(string code) => OneLine.Of(code.Replace("\t", new string(' ', TabWidth)));

    private CodeMark Outdented(int spaces) =>
        IsBlank ? this with { Before = string.Empty, Marked = string.Empty, After = string.Empty } : this with { Before = Before[spaces..] };

    private CodeMark Within(int width)
    {
        if (Text.Length <= width)
            return this;

        var before = Before.Length <= width ? Before : Before[..width];
        var marked = Marked[..Math.Min(Marked.Length, width - before.Length)];
        var after = After[..Math.Min(After.Length, width - before.Length - marked.Length)];
        return this with { Before = before, Marked = marked, After = after + "\u2026" };
    }
}
