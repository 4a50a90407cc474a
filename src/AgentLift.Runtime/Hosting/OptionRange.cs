namespace AgentLift.Runtime.Hosting;

/// <summary>Says of a value out of range which key it stands under, what it is, and what it may be.</summary>
internal static class OptionRange
{
    /// <returns><see langword="null"/> where the value is within the range.</returns>
    public static string? Failure<T>(string key, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(most) > 0 ? $"{key} is {value}; it must be from {least} to {most}." : null;
}
