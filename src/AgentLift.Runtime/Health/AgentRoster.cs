using System.Collections.Concurrent;

namespace AgentLift.Runtime.Health;

/// <summary>
/// The agents that have been made. A probe looks here and makes none itself: it would wait for a constructor that takes long,
/// and liveness must answer meanwhile.
/// </summary>
internal sealed class AgentRoster
{
    private readonly ConcurrentDictionary<string, BaseAgent> made = new(StringComparer.Ordinal);

    public TAgent Add<TAgent>(TAgent agent)
        where TAgent : BaseAgent
    {
        made[agent.Name] = agent;
        return agent;
    }

    public BaseAgent? Find(string name) => made.GetValueOrDefault(name);
}
