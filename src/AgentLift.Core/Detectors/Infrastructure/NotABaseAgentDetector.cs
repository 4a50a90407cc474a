using AgentLift.Core.Discovery;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1001: an agent outside BaseAgent, and not owned by one either.</summary>
internal sealed class NotABaseAgentDetector() : Detector(RuleIds.NotABaseAgent)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        if (agent.BaseAgent is null && AgentOwner.Find(agent.Type, agent.Settings) is null)
            found.Add(At(agent.Type, agent.Type.Name, agent.Identity.Reason));
    }
}
