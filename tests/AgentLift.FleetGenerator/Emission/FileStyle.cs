using System.Collections.Immutable;
using System.Text;

namespace AgentLift.FleetGenerator.Emission;

/// <summary>How a file is laid out: none of it changes what must be reported, all of it moves where.</summary>
internal sealed record FileStyle(bool Tabs, bool CarriageReturns, bool BracesOnSameLine, bool FileScopedNamespace)
{
    public static FileStyle Plain { get; } = new(false, false, false, true);

    public static FileStyle From(Random random) => new(
        random.Next(5) == 0, random.Next(4) == 0, random.Next(4) == 0, random.Next(3) > 0);

    /// <summary>Puts each lone opening brace at the end of the line before it, where that is the style.</summary>
    public ImmutableArray<SourceLine> Arrange(IReadOnlyList<SourceLine> lines)
    {
        if (!BracesOnSameLine)
            return [.. lines];
        var arranged = new List<SourceLine>(lines.Count);
        foreach (var line in lines)
        {
            if (line.Text.Trim() == "{" && arranged.Count > 0 && TakesBrace(arranged[^1].Text))
                arranged[^1] = arranged[^1] with { Text = arranged[^1].Text + " {" };
            else
                arranged.Add(line);
        }

        return [.. arranged];
    }

    public string Write(IEnumerable<SourceLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(Tabs ? WithTabs(line.Text) : line.Text).Append(CarriageReturns ? "\r\n" : "\n");
        return text.ToString();
    }

    private static bool TakesBrace(string line)
    {
        var text = line.Trim();
        return text.Length > 0 && text[0] != '#' && text[^1] is not (';' or '{' or '}') && !text.Contains("//", StringComparison.Ordinal);
    }

    private static string WithTabs(string line)
    {
        var spaces = line.Length - line.TrimStart(' ').Length;
        return new string('\t', spaces / 4) + line[(spaces / 4 * 4)..];
    }
}
