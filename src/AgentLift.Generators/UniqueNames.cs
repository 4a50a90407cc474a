namespace AgentLift.Generators;

/// <summary>Gives names that nothing else bears: the wanted one, or that with the first free number after it.</summary>
internal sealed class UniqueNames(IEnumerable<string> taken, StringComparer comparer)
{
    private readonly HashSet<string> taken = new(taken, comparer);

    /// <summary>For names of generated files, which hosts compare without regard to case.</summary>
    public static UniqueNames OfFiles() => new([], StringComparer.OrdinalIgnoreCase);

    public string Next(string wanted)
    {
        var name = wanted;
        for (var next = 2; !taken.Add(name); next++)
            name = wanted + next;
        return name;
    }
}
