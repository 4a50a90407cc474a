using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;

namespace AgentLift.CodeFixes.CoreLogic.Reading;

/// <summary>The agent's own code by name, for rewriters.</summary>
internal sealed class AgentSyntax(AgentCode agent) : TypeSource(agent.Facts, agent.ModelOf)
{
    public AgentCode Agent { get; } = agent;
}
