using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1001: an agent outside BaseAgent.</summary>
internal sealed class NotABaseAgentDetector() : Detector(RuleIds.NotABaseAgent)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        if (agent.BaseAgent is null)
            yield return At(agent.Type, agent.Type.Name, agent.Identity.Reason);
    }
}
