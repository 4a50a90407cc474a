using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3003: NetMQ or ZeroMQ sockets owned by the agent.</summary>
internal sealed class MessageQueueSocketDetector() : Detector(RuleIds.MessageQueueSocket)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.Creations
            .Where(creation => agent.Knowledge.Is(creation.Operation.Type, KnownType.NetMqSocket))
            .Select(creation => At(
                creation.Operation,
                creation.Operation.StoredIn() ?? creation.Scope.Function,
                creation.Operation.StoredIn()?.Name ?? creation.Operation.Type!.Name));
}
