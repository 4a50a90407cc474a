using System.Text;

namespace AgentLift.Migration.ParallelRun;

/// <summary>An answer as a person can read it, around the place where it differs from another.</summary>
internal static class AnswerText
{
    private const int Before = 20;
    private const int Longest = 100;

    public static string Shown(string? answer, string? other)
    {
        if (answer is null)
            return "no answer in time";
        var same = other is null ? 0 : answer.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = answer.Length <= Longest ? 0 : Math.Max(0, Math.Min(same - Before, answer.Length - Longest));
        var part = answer.Substring(start, Math.Min(Longest, answer.Length - start));
        return (start > 0 ? "..." : string.Empty) + Printable(part) + (start + part.Length < answer.Length ? "..." : string.Empty);
    }

    // The bytes of a text were kept one by one; here they become characters again, unless they are none.
    private static string Printable(string bytes)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or 0x7f => $"\\x{rune.Value:x2}",
                _ => rune.ToString(),
            });
        }

        return shown.ToString();
    }
}
