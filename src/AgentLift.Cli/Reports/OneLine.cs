using System.Text;

namespace AgentLift.Cli.Reports;

/// <summary>Keeps text from the outside from breaking a line or steering a terminal.</summary>
internal static class OneLine
{
    private const char Replacement = '\uFFFD';

    /// <summary>Line breaks and tabs become spaces; other control characters and halves of surrogate pairs become U+FFFD.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        // Runes replace broken surrogate pairs by U+FFFD by themselves.
        foreach (var rune in text.Replace("\r\n", "\n").EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n' or '\t' or 0x2028 or 0x2029)
                line.Append(' ');
            else if (Rune.IsControl(rune) || IsDirectionOverride(rune.Value))
                line.Append(Replacement);
            else
                line.Append(rune);
        }

        return line.ToString();
    }

    /// <summary>Whether a character reorders what is shown, so that code and names read differently from what they are.</summary>
    internal static bool IsDirectionOverride(int character) =>
        character is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
