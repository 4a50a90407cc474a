using System.Collections.Immutable;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Puts members together by their class.</summary>
internal static class LazyAgents
{
    /// <summary>The agents by name, their members file by file in the order in which they stand there: the same whatever the order of the files.</summary>
    public static ImmutableArray<LazyAgent> Of(ImmutableArray<LazyMember> members)
    {
        var hints = UniqueNames.OfFiles();
        return
        [
            .. members
                .GroupBy(member => member.Agent.MetadataName)
                .OrderBy(agent => agent.Key, StringComparer.Ordinal)
                .Select(agent => new LazyAgent(
                    agent.First().Agent,
                    hints.Next(agent.Key + ".LazyDependencies") + ".g.cs",
                    new([.. agent.OrderBy(member => member.File, StringComparer.Ordinal)]))),
        ];
    }
}
