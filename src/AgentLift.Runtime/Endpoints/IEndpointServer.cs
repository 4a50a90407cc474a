namespace AgentLift.Runtime.Endpoints;

/// <summary>The Kestrel that listens for one endpoint. Disposing of it cuts off what is left.</summary>
internal interface IEndpointServer : IAsyncDisposable
{
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address is not this machine's, or not allowed.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes no more connections and waits for those that are held, until the token is cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
