using System.Collections.Immutable;

namespace AgentLift.Core.Catalogue;

/// <summary>A library whose loading costs enough to be worth postponing (rules/heavy-dependencies.json).</summary>
/// <param name="Id">Stable id, by which a user's catalogue replaces an entry.</param>
/// <param name="Library">Name for people.</param>
/// <param name="Family">deep-learning, vision, audio, data, web or compiler.</param>
/// <param name="Gpu">The library can use a GPU.</param>
/// <param name="Model">What is loaded is a model or weights.</param>
/// <param name="Milliseconds">Cost of one load.</param>
/// <param name="Megabytes">Memory of one load.</param>
/// <param name="Source">Where the two figures come from.</param>
public sealed record HeavyDependency(
    string Id,
    string Library,
    string Family,
    bool Gpu,
    bool Model,
    decimal Milliseconds,
    decimal Megabytes,
    string Source)
{
    /// <summary>Types whose construction is a load, as metadata names.</summary>
    public ImmutableArray<string> Creates { get; init; } = [];

    /// <summary>Methods whose call is a load, as metadata name of the type, a dot, and the method.</summary>
    public ImmutableArray<string> Calls { get; init; } = [];

    /// <summary>Namespaces and types whose use means that the library is used.</summary>
    public ImmutableArray<string> Uses { get; init; } = [];

    /// <summary>Members and types that pick a device.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];

    /// <summary>Members and types that handle a device or its memory directly.</summary>
    public ImmutableArray<string> DeviceMemory { get; init; } = [];

    /// <summary>Types of native tensors that somebody must dispose.</summary>
    public ImmutableArray<string> Tensors { get; init; } = [];

    /// <summary>Calls that open a scope which disposes tensors.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Types whose static members make the library load its native part when the first of them is used.</summary>
    public ImmutableArray<string> Touches { get; init; } = [];
}
