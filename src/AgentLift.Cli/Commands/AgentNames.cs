using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Commands;

/// <summary>Finds agents by what people call them.</summary>
internal static class AgentNames
{
    private const int Suggestions = 3;

    /// <summary>The agents with that name, else those whose class has it, in full or without namespace. Case does not count.</summary>
    public static IReadOnlyList<AssessedAgent> Named(IReadOnlyCollection<AssessedAgent> agents, string name)
    {
        Func<AssessedAgent, string>[] readings = [agent => agent.Type, agent => agent.Name, SimpleType];
        return readings
            .Select(reading => agents.Where(agent => string.Equals(reading(agent), name, StringComparison.OrdinalIgnoreCase)).ToList())
            .FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>The names that take the fewest keystrokes to get to.</summary>
    public static IReadOnlyList<string> Closest(IReadOnlyCollection<AssessedAgent> agents, string name) =>
    [
        .. agents.Select(agent => agent.Name).Distinct(StringComparer.Ordinal)
            .OrderBy(candidate => Distance(candidate.ToUpperInvariant(), name.ToUpperInvariant()))
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(Suggestions),
    ];

    private static string SimpleType(AssessedAgent agent) => agent.Type[(agent.Type.LastIndexOf('.') + 1)..];

    /// <summary>Insertions, deletions and replacements from one text to the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
