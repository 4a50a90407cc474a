using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>A Kestrel of its own for those who watch and run the process: HTTP/1, few connections, requests without a body.</summary>
internal sealed class OperatorServer : IAsyncDisposable
{
    private const int MostConnections = 256;

    // Nobody but operators and their tools asks here: what is not answered by then is cut off.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication kestrel;
    private readonly TimeProvider time;

    private OperatorServer(WebApplication kestrel, IPEndPoint address, TimeProvider time)
    {
        this.kestrel = kestrel;
        this.time = time;
        Address = address;
    }

    /// <summary>Where it listens, with the port that it was given where 0 was wanted.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The address is not this machine's, or not allowed.</exception>
    public static async Task<OperatorServer> StartAsync(IPEndPoint wanted, RequestDelegate answer, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        ListenOptions? bound = null;
        var kestrel = EndpointHost.Create(loggers, limits =>
        {
            limits.AddServerHeader = false;
            limits.Limits.MaxConcurrentConnections = MostConnections;
            limits.Limits.MaxRequestBodySize = 0;
            limits.Listen(wanted, listen =>
            {
                bound = listen;
                listen.Protocols = HttpProtocols.Http1;
            });
        });
        ((IApplicationBuilder)kestrel).Run(answer);
        try
        {
            await kestrel.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await kestrel.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new OperatorServer(kestrel, (IPEndPoint)bound!.EndPoint, time);
    }

    /// <summary>Takes no more connections and lets requests under way end, for a short while.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(StopLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await kestrel.StopAsync(either.Token).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => kestrel.DisposeAsync();
}
