using System.Collections.Immutable;

namespace AgentLift.Core.Manifest;

/// <summary>How much a fleet depends on an agent, as its team says in the manifest.</summary>
public enum Criticality
{
    /// <summary>Nothing said.</summary>
    Unknown = 0,

    /// <summary>The fleet works without it.</summary>
    Low = 1,

    /// <summary>An ordinary agent.</summary>
    Normal = 2,

    /// <summary>A core function.</summary>
    Core = 3,

    /// <summary>A single point that others cannot start without.</summary>
    Critical = 4,
}

/// <summary>One agent of a fleet manifest.</summary>
/// <param name="Name">Name of the agent, unique in the manifest.</param>
/// <param name="Type">Name of the class, with or without namespace; <see langword="null"/> where the file says it.</param>
/// <param name="File">Path of the source file, relative to the manifest; <see langword="null"/> where the type says it.</param>
/// <param name="Group">Group of agents, if given.</param>
/// <param name="Machine">Machine that it runs on, if given.</param>
/// <param name="Port">TCP or UDP port, 1 to 65535, if given.</param>
/// <param name="Criticality">How much the fleet depends on it.</param>
/// <param name="DependsOn">Names of the agents that it cannot start without.</param>
/// <param name="Line">Line of the entry in the manifest, from 1.</param>
public sealed record ManifestAgent(
    string Name,
    string? Type,
    string? File,
    string? Group,
    string? Machine,
    int? Port,
    Criticality Criticality,
    ImmutableArray<string> DependsOn,
    int Line)
{
    /// <summary>Names of its endpoints, as the code of a lifted agent gives them to <c>ListenLines</c> and its like; none where nothing is said.</summary>
    public ImmutableArray<string> Endpoints { get; init; } = [];
}
