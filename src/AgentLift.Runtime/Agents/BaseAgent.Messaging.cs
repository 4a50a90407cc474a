using AgentLift.Runtime.Messaging;

namespace AgentLift.Runtime;

/// <summary>Whom an agent asks. Limits stand under <c>Agents:NAME:Clients:TARGET</c> (<see cref="AgentClientOptions"/>).</summary>
public abstract partial class BaseAgent
{
    private readonly List<CallRoute> routes = [];

    /// <summary>Makes a client of another agent, to be kept in a field. The directory is asked when the client is, so that the other agent may start later.</summary>
    /// <param name="agent">The other agent's name.</param>
    /// <param name="endpoint">Its endpoint; may be left out where it has only one.</param>
    /// <returns>The client. It is closed when this agent has stopped.</returns>
    protected AgentClient ConnectTo(string agent, string? endpoint = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(agent);
        var options = Context.Options.Clients.TryGetValue(agent, out var configured) ? configured : new AgentClientOptions();
        var route = new CallRoute(agent, endpoint, Context, Logger, options);
        lock (routes)
            routes.Add(route);
        return new AgentClient(agent, route);
    }

    private async Task CloseClientsAsync()
    {
        CallRoute[] closing;
        lock (routes)
        {
            closing = [.. routes];
            routes.Clear();
        }

        foreach (var route in closing)
            await route.DisposeAsync().ConfigureAwait(false);
    }
}
