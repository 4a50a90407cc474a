using System.Collections.Immutable;

namespace AgentLift.Runtime.Endpoints;

/// <summary>The endpoints of one agent.</summary>
internal sealed class EndpointSet
{
    public ImmutableArray<AgentEndpoint> All { get; private set; } = [];

    public AgentEndpoint Add(AgentEndpoint endpoint)
    {
        if (All.Any(other => other.Name == endpoint.Name))
            throw new ArgumentException($"An endpoint called {endpoint.Name} is there already.", nameof(endpoint));
        All = All.Add(endpoint);
        return endpoint;
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in All)
            await endpoint.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(All.Select(endpoint => endpoint.StopAsync(cancellationToken)));
}
