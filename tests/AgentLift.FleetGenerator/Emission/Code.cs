using System.Collections.Immutable;

namespace AgentLift.FleetGenerator.Emission;

/// <summary>
/// Text of pieces. A line that must be reported carries its rules at its end, each after <see cref="Mark"/>:
/// <c>Thread.Sleep(5); §AGL2003</c>. The marks never reach a file.
/// </summary>
internal static class Code
{
    /// <summary>Starts a rule id at the end of a line.</summary>
    public const char Mark = '§';

    public static string Lines(params IEnumerable<string> parts) =>
        string.Join('\n', parts.Where(part => part.Length > 0));

    public static string Block(string header, params IEnumerable<string> body) =>
        Lines(header, "{", Indent(Lines(body)), "}");

    public static string Indent(string text) =>
        text.Length == 0 ? text : string.Join('\n', text.Split('\n').Select(line => line.Length == 0 || line[0] == '#' ? line : "    " + line));

    public static ImmutableArray<SourceLine> Parse(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(ParseLine)];

    private static SourceLine ParseLine(string line)
    {
        var parts = line.Split(Mark);
        return new SourceLine(parts[0].TrimEnd(), [.. parts.Skip(1).Select(part => part.Trim())]);
    }
}
