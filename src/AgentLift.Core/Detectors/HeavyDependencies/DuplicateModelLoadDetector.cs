using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>AGL4004: the same model loaded by several agents. The one rule that compares agents, so it sees them all at once.</summary>
public static class DuplicateModelLoadDetector
{
    private static readonly Rule Rule = RuleTable.Get(RuleIds.DuplicateModelLoad);

    /// <summary>Finds models that more than one of the agents loads.</summary>
    /// <returns>One finding for each load of such a model, with the agent that it belongs to, in the order of the agents.</returns>
    public static IEnumerable<(AgentAssessment Agent, Evidence Evidence)> Detect(IReadOnlyCollection<AgentAssessment> agents)
    {
        var byModel = agents
            .SelectMany(agent => agent.ModelLoads.Select(load => (Agent: agent, Load: load)))
            .GroupBy(pair => pair.Load.Key, StringComparer.Ordinal)
            .Where(group => group.Select(pair => pair.Agent.Type).Distinct(SymbolEqualityComparer.Default).Count() > 1);
        foreach (var model in byModel)
        {
            var owners = string.Join(" and ", model.Select(pair => pair.Agent.Type.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal));
            foreach (var (agent, load) in model)
                yield return (agent, new Evidence(Rule, load.Location, load.Symbol, [load.Display, owners]));
        }
    }

    /// <summary>The agents with this rule's findings added to their evidence.</summary>
    public static IEnumerable<AgentAssessment> AddTo(IReadOnlyCollection<AgentAssessment> agents)
    {
        var found = Detect(agents).ToLookup(pair => pair.Agent, pair => pair.Evidence);
        return agents.Select(agent => found[agent].Any() ? agent with { Evidence = agent.Evidence.AddRange(found[agent]) } : agent);
    }
}
