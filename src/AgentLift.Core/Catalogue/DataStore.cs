using System.Collections.Immutable;

namespace AgentLift.Core.Catalogue;

/// <summary>A kind of store and the client types that reach it (rules/data-stores.json).</summary>
/// <param name="Kind">Stable id, such as <c>sqlite</c>.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Namespaces">Namespaces whose types mean that the store is used.</param>
/// <param name="Connections">Types that are opened and closed around each use.</param>
/// <param name="Shared">Types or calls that make a client meant to be shared for life.</param>
public sealed record DataStore(
    string Kind,
    string Name,
    ImmutableArray<string> Namespaces,
    ImmutableArray<string> Connections,
    ImmutableArray<string> Shared);
