using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3001: Socket.Bind, TcpListener, HttpListener, bound UdpClient.</summary>
internal sealed class RawListenerDetector() : Detector(RuleIds.RawListener)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Listeners.Select(listener => At(
            listener.Operation,
            listener.StoredIn ?? listener.Scope.Function,
            listener.StoredIn?.Name ?? listener.Operation.Type?.Name ?? "listener"));
}
