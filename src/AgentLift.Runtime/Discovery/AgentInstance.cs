using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime;

/// <summary>One running agent, as a directory knows it.</summary>
public sealed record AgentInstance
{
    /// <summary>The agent's name, the same for all its instances.</summary>
    public required string Agent { get; init; }

    /// <summary>Tells the instances of an agent apart: machine, process and a random part.</summary>
    public required string Id { get; init; }

    /// <summary>Where the endpoints listen: <c>HOST:PORT</c> by the endpoint's name.</summary>
    public required IReadOnlyDictionary<string, string> Endpoints { get; init; }

    /// <summary>Its readiness when it was last renewed.</summary>
    public HealthStatus Health { get; init; } = HealthStatus.Healthy;

    /// <summary>Where an endpoint listens; <see langword="null"/> where the instance has none of that name.</summary>
    /// <param name="endpoint">Its name; the only one where <see langword="null"/>.</param>
    internal string? AddressOf(string? endpoint)
    {
        if (endpoint is not null)
            return Endpoints.GetValueOrDefault(endpoint);
        return Endpoints.Count == 1 ? Endpoints.Values.First() : null;
    }
}
