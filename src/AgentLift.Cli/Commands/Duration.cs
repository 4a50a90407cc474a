using System.Globalization;

namespace AgentLift.Cli.Commands;

/// <summary>Times as people type them: <c>30s</c>, <c>2m</c>, <c>500ms</c>, <c>0</c>.</summary>
internal static class Duration
{
    /// <summary>Reads a time, or says what is wrong with it.</summary>
    public static TimeSpan Parse(string text, Action<string> addError)
    {
        var number = text.TrimEnd('s', 'm', 'h');
        if (decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            decimal? seconds = text[number.Length..] switch
            {
                "s" => value,
                "ms" => value / 1000,
                "m" => value * 60,
                "h" => value * 3600,
                "" when value == 0 => 0,
                _ => null,
            };
            if (seconds is >= 0 and <= 86_400)
                return TimeSpan.FromSeconds((double)seconds.Value);
        }

        addError($"'{text}' is no time: write it like 30s, 2m or 0.");
        return TimeSpan.Zero;
    }
}
