using System.Collections.Immutable;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using AgentLift.Core.Measures;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.HeavyLoads;
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
    private TypeSource? source;
    private NamedSource? documented;
    private IReadOnlyDictionary<SyntaxNode, string>? loadObstacles;

    public INamedTypeSymbol Type => Facts.Type;

    /// <summary>The agent's code by name, for detectors that must know whether a fix would be sound.</summary>
    public TypeSource Source => source ??= new TypeSource(Facts);

    /// <summary>The agent's code by name, its documentation included.</summary>
    public NamedSource Documented => documented ??= new NamedSource(Facts);

    public CompilationKnowledge Knowledge => Facts.Knowledge;

    /// <summary>The agent derives from a BaseAgent that runs its agents.</summary>
    public bool IsOnRuntime { get; } = BaseAgent is not null && BaseAgents.IsRuntime(BaseAgent);

    /// <summary>Why an early load stays where it is; <see langword="null"/> where nothing is known against loading it later.</summary>
    public string? ObstacleOf(HeavyLoad load)
    {
        if (loadObstacles is null)
        {
            var planning = new LoadPlanning(Facts, IsOnRuntime, Loads.Where(item => item.IsEager).Select(item => (item.Operation.Syntax, item.Display)), CancellationToken.None);
            planning.Plan();
            loadObstacles = planning.Obstacles;
        }

        return loadObstacles.TryGetValue(load.Operation.Syntax, out var obstacle) ? obstacle : null;
    }

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
