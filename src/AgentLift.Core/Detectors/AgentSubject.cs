using System.Collections.Immutable;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using AgentLift.Core.Measures;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors;

/// <summary>One agent as the detectors see it.</summary>
internal sealed record AgentSubject(
    TypeFacts Facts,
    AgentIdentity Identity,
    AgentSettings Settings,
    INamedTypeSymbol? BaseAgent,
    ImmutableArray<HeavyLoad> Loads,
    ImmutableArray<OwnListener> Listeners)
{
    public INamedTypeSymbol Type => Facts.Type;

    public CompilationKnowledge Knowledge => Facts.Knowledge;

    /// <summary>The agent derives from a BaseAgent that runs its agents.</summary>
    public bool IsOnRuntime { get; } = BaseAgent is not null && BaseAgents.IsRuntime(BaseAgent);

    /// <summary>The agent's name in the source: its first part that was written by hand.</summary>
    public Location Declaration => HandWritten.LocationOf(Type);

    /// <summary>What the agent does with GPUs.</summary>
    public GpuUse Gpu { get; } = GpuUse.Of(Facts);

    /// <summary>The agent has a socket of its own or receives from one, so that data may come from outside. A probe for a free port is none.</summary>
    public bool UsesSockets { get; } =
        !Listeners.IsEmpty
        || Facts.Creations.Any(creation => IsClient(creation.Type.Known))
        || Facts.Calls.Any(call => Receives(call.Type.Known, call.Operation.TargetMethod.Name));

    private static bool IsClient(KnownType known) =>
        known is KnownType.Socket or KnownType.TcpClient or KnownType.UdpClient or KnownType.NetworkStream or KnownType.NetMqSocket or KnownType.ClientWebSocket;

    private static bool Receives(KnownType known, string method) => known switch
    {
        KnownType.NetMqSocket or KnownType.NetworkStream => true,
        KnownType.Socket or KnownType.TcpClient or KnownType.TcpListener or KnownType.UdpClient or KnownType.HttpListener =>
            method.Contains("Receive") || method.Contains("Accept") || method is "GetStream" or "GetContext" or "GetContextAsync" or "Bind" or "Listen",
        _ => false,
    };
}
