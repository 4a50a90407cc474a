using System.Collections.Immutable;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Puts members together by their class.</summary>
internal static class LazyAgents
{
    /// <summary>The agents by name, their members file by file in the order in which they stand there: the same whatever the order of the files.</summary>
    public static ImmutableArray<LazyAgent> Of(ImmutableArray<LazyMember> members)
    {
        // Hosts compare the names of generated files without regard to case.
        var hints = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. members
                .GroupBy(member => member.Agent.MetadataName)
                .OrderBy(agent => agent.Key, StringComparer.Ordinal)
                .Select(agent => new LazyAgent(
                    agent.First().Agent,
                    Unused(agent.Key + ".LazyDependencies", hints) + ".g.cs",
                    new([.. agent.OrderBy(member => member.File, StringComparer.Ordinal)]))),
        ];
    }

    private static string Unused(string name, HashSet<string> used)
    {
        var free = name;
        for (var next = 2; !used.Add(free); next++)
            free = name + next;
        return free;
    }
}
