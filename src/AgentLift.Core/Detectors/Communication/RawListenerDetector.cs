using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3001: Socket.Bind, TcpListener, HttpListener, bound UdpClient. Not those that are handed over to BaseAgent, which closes and counts them.</summary>
internal sealed class RawListenerDetector() : Detector(RuleIds.RawListener)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var listener in agent.Listeners.Where(listener => !IsOwned(agent, listener)))
            found.Add(At(listener.Operation, listener.StoredIn ?? listener.Scope.Function, listener.StoredIn?.Name ?? listener.Operation.Type?.Name ?? "listener"));
    }

    private static bool IsOwned(AgentSubject agent, OwnListener listener) =>
        IsOwned(listener.Operation)
        || agent.Facts.Calls.Any(call => SocketUse.IsOwn(call.Operation.TargetMethod)
            && (SocketUse.Same(call.Operation.StoredIn(), listener.StoredIn) || call.Operation.Arguments.Any(argument => SocketUse.Same(argument.Value.ReferencedSymbol(), listener.StoredIn))));

    // Own(new TcpListener(...))
    private static bool IsOwned(IOperation listener) => listener.ValueUser() is IArgumentOperation { Parent: IInvocationOperation call } && SocketUse.IsOwn(call.TargetMethod);
}
