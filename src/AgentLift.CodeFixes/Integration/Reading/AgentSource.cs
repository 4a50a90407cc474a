using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>The source of one agent, asked by symbol, for rewriters.</summary>
internal sealed class AgentSource(AgentCode agent) : NamedSource(agent.Facts, agent.ModelOf)
{
    public AgentCode Agent { get; } = agent;
}
