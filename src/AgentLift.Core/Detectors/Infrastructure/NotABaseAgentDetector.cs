using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1001: an agent outside BaseAgent.</summary>
internal sealed class NotABaseAgentDetector() : Detector(RuleIds.NotABaseAgent)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        if (agent.BaseAgent is null)
            found.Add(At(agent.Type, agent.Type.Name, agent.Identity.Reason));
    }
}
