using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3002: connect, send, receive without a limit.</summary>
internal sealed class RawClientWithoutTimeoutDetector() : Detector(RuleIds.RawClientWithoutTimeout)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (creation.Type.Known == KnownType.TcpClient
                && creation.Operation.Arguments.Argument("hostname") is not null
                && Waits(agent, creation.Operation.StoredIn(), creation.Scope, creation.Operation))
            {
                found.Add(At(creation.Operation, creation.Operation.StoredIn() ?? creation.Scope.Function, creation.Operation.StoredIn()?.Name ?? "TcpClient"));
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (IsConnect(agent, call.Operation)
                && SocketUse.Receiver(call.Operation) is { } holder
                && SocketUse.IsMadeHere(agent.Facts, holder)
                && !HasLimit(agent, call.Operation)
                && Waits(agent, holder, call.Scope, Creation(agent, holder)))
            {
                found.Add(At(call.Operation, holder));
            }
        }
    }

    private static bool IsConnect(AgentSubject agent, IInvocationOperation call) =>
        agent.Knowledge.Known(call.TargetMethod.ContainingType) is KnownType.TcpClient or KnownType.Socket
        && call.TargetMethod.Name is "Connect" or "ConnectAsync";

    private static IOperation? Creation(AgentSubject agent, ISymbol holder) =>
        agent.Facts.Creations.Where(creation => SocketUse.Same(creation.Operation.StoredIn(), holder)).Select(creation => creation.Operation).FirstOrDefault();

    // A token, or a wait with a limit: client.ConnectAsync(host, port).Wait(500), .WaitAsync(limit).
    private static bool HasLimit(AgentSubject agent, IInvocationOperation call) =>
        call.Arguments.Any(argument => agent.Knowledge.Known(argument.Value.Type) == KnownType.CancellationToken && argument.ArgumentKind == ArgumentKind.Explicit)
        || call.User() is IInvocationOperation { TargetMethod.Name: "Wait" or "WaitAsync", Arguments.Length: > 0 }
        || call.StoredIn() is ILocalSymbol task && agent.Facts.Calls.Any(other =>
            SocketUse.Same(SocketUse.Receiver(other.Operation), task) && other.Operation.TargetMethod.Name is "Wait" or "WaitAsync" && other.Operation.Arguments.Length > 0
            || other.Operation.TargetMethod.Name == "WhenAny" && other.Operation.Descendants().Any(part => SocketUse.Same(part.ReferencedSymbol(), task)));

    // Kept, or waiting for an answer: a client that is made, sends and is dropped in one short call waits for nobody.
    private static bool Waits(AgentSubject agent, ISymbol? holder, Scope scope, IOperation? creation)
    {
        if (holder is null || HasTimeout(agent, holder, creation))
            return false;
        return holder is not ILocalSymbol
            || creation?.IsUsingResource() != true && !SocketUse.CallsOn(agent.Facts, holder).Any(call => call.Operation.TargetMethod.Name is "Dispose" or "Close")
            || Receives(scope, holder, agent);
    }

    private static bool HasTimeout(AgentSubject agent, ISymbol holder, IOperation? creation) =>
        agent.Facts.PropertyReads.Any(limit =>
            limit.Operation.Property.Name is "ReceiveTimeout" or "SendTimeout" or "ReadTimeout" or "WriteTimeout"
            && limit.Operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == limit.Operation
            && (SocketUse.Same(limit.Operation.Instance.ReferencedSymbol(), holder)
                || limit.Operation.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } && creation?.Syntax.Span.Contains(assignment.Syntax.Span) == true
                || IsStreamOf(agent, limit.Operation.Instance, holder)))
        || SocketUse.CallsOn(agent.Facts, holder).Any(call => call.Operation.TargetMethod.Name == "SetSocketOption"
            && call.Operation.Arguments.Any(argument => argument.Value.Syntax.ToString().EndsWith("Timeout", StringComparison.Ordinal)));

    // stream.ReadTimeout, where stream came from client.GetStream().
    private static bool IsStreamOf(AgentSubject agent, IOperation? stream, ISymbol holder) =>
        stream.ReferencedSymbol() is { } local
        && SocketUse.CallsOn(agent.Facts, holder).Any(call => call.Operation.TargetMethod.Name == "GetStream" && SocketUse.Same(call.Operation.StoredIn(), local));

    private static bool Receives(Scope scope, ISymbol holder, AgentSubject agent) =>
        agent.Facts.Calls.Any(call => IsRead(call.Operation)
            && call.Operation.Syntax.SyntaxTree == holder.Locations[0].SourceTree
            && BodyOf(scope.Function)?.Contains(call.Operation.Syntax.Span) == true);

    private static bool IsRead(IInvocationOperation call) =>
        call.TargetMethod.Name is "Read" or "ReadLine" or "ReadToEnd" or "ReadByte" or "ReadString" or "ReadInt32" or "ReadExactly" or "Receive" or "ReadBlock"
            or "ReadAsync" or "ReadLineAsync" or "ReadToEndAsync" or "ReceiveAsync" or "ReadExactlyAsync"
        && call.TargetMethod.ContainingType.Name != "Console"
        && !call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.Type?.Name == "CancellationToken");

    private static Microsoft.CodeAnalysis.Text.TextSpan? BodyOf(ISymbol function) =>
        function.DeclaringSyntaxReferences.FirstOrDefault()?.Span;
}
