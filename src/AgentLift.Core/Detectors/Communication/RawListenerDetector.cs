using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3001: Socket.Bind, TcpListener, HttpListener, bound UdpClient.</summary>
internal sealed class RawListenerDetector() : Detector(RuleIds.RawListener)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var listener in agent.Listeners)
            found.Add(At(listener.Operation, listener.StoredIn ?? listener.Scope.Function, listener.StoredIn?.Name ?? listener.Operation.Type?.Name ?? "listener"));
    }
}
