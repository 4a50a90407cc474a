namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Questions about small lists.</summary>
internal static class Lists
{
    /// <summary>The one item of a list that has one.</summary>
    public static T? OnlyOrNull<T>(this IReadOnlyList<T> items)
        where T : class => items.Count == 1 ? items[0] : null;
}
