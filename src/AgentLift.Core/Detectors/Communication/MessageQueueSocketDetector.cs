using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3003: NetMQ or ZeroMQ sockets owned by the agent.</summary>
internal sealed class MessageQueueSocketDetector() : Detector(RuleIds.MessageQueueSocket)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (!agent.Knowledge.Is(creation.Operation.Type, KnownType.NetMqSocket))
                continue;
            var holder = creation.Operation.StoredIn();
            found.Add(At(creation.Operation, holder ?? creation.Scope.Function, holder?.Name ?? creation.Operation.Type!.Name));
        }
    }
}
