namespace AgentLift.Runtime.Monitoring;

/// <summary>Compares sets of tags, whatever their order, and finds those of a measurement without a copy of them.</summary>
internal sealed class TagsComparer :
    IEqualityComparer<KeyValuePair<string, object?>[]>,
    IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static TagsComparer Instance { get; } = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) =>
        x is null || y is null ? ReferenceEquals(x, y) : AreEqual(x, y);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => HashOf(obj);

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other) => AreEqual(alternate, other);

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => HashOf(alternate);

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    // A measurement has a handful of tags, mostly in the same order: the first look finds each.
    private static bool AreEqual(ReadOnlySpan<KeyValuePair<string, object?>> left, ReadOnlySpan<KeyValuePair<string, object?>> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var index = 0; index < left.Length; index++)
        {
            if (!IsSame(left[index], right[index]) && !(Contains(right, left[index]) && Contains(left, right[index])))
                return false;
        }

        return true;
    }

    private static bool Contains(ReadOnlySpan<KeyValuePair<string, object?>> tags, in KeyValuePair<string, object?> wanted)
    {
        foreach (var tag in tags)
        {
            if (IsSame(tag, wanted))
                return true;
        }

        return false;
    }

    private static bool IsSame(in KeyValuePair<string, object?> left, in KeyValuePair<string, object?> right) => left.Key == right.Key && Equals(left.Value, right.Value);

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // A sum, because it is the same for every order.
        var hash = tags.Length;
        foreach (var tag in tags)
            hash += HashCode.Combine(tag.Key, tag.Value);
        return hash;
    }
}
