using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace AgentLift.Runtime.Messaging;

/// <summary>The connections to one instance of an agent: made when asked for, kept when given back whole.</summary>
/// <param name="address"><c>HOST:PORT</c>.</param>
/// <param name="options">How many are kept, for how long, and whether they are encrypted.</param>
/// <param name="trusted">Who may sign the other side's certificate; <see langword="null"/> for those that the system trusts.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionPool(string address, AgentClientOptions options, X509Certificate2Collection? trusted, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentStack<ClientConnection> idle = new();
    private volatile bool closed;

    /// <summary>Takes a connection that is kept, or makes one.</summary>
    /// <exception cref="SocketException">The other side cannot be reached.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The other side's certificate is not trusted.</exception>
    public async Task<ClientConnection> TakeAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var kept))
        {
            if (!kept.IsStale && time.GetElapsedTime(kept.GivenBack) < options.ConnectionIdleTime)
                return kept;
            await kept.DisposeAsync().ConfigureAwait(false);
        }

        return await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a connection for the next question.</summary>
    public async ValueTask GiveBackAsync(ClientConnection connection)
    {
        connection.GivenBack = time.GetTimestamp();
        if (idle.Count < options.MaxIdleConnections)
            idle.Push(connection);
        else
            await connection.DisposeAsync().ConfigureAwait(false);
        if (closed)
            await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connections that nobody has asked for.</summary>
    public async ValueTask CloseIdleAsync()
    {
        // Taken and given back from the top: those at the bottom have waited longest.
        var kept = new List<ClientConnection>();
        while (idle.TryPop(out var connection))
        {
            if (time.GetElapsedTime(connection.GivenBack) < options.ConnectionIdleTime && !connection.IsStale)
                kept.Add(connection);
            else
                await connection.DisposeAsync().ConfigureAwait(false);
        }

        kept.Reverse();
        if (kept.Count > 0)
            idle.PushRange([.. kept]);
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        while (idle.TryPop(out var connection))
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<ClientConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(EndPointOf(address), either.Token).ConfigureAwait(false);
            return new ClientConnection(socket, await SecureAsync(new NetworkStream(socket), either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"no connection to {address} within {options.ConnectTimeout:c}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, CancellationToken cancellationToken)
    {
        if (options.TlsHost is not { } host)
            return plain;
        var secured = new SslStream(plain);
        var wanted = new SslClientAuthenticationOptions { TargetHost = host };
        if (trusted is not null)
        {
            wanted.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            wanted.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        await secured.AuthenticateAsClientAsync(wanted, cancellationToken).ConfigureAwait(false);
        return secured;
    }

    private static EndPoint EndPointOf(string address)
    {
        if (IPEndPoint.TryParse(address, out var ip))
            return ip;
        var colon = address.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(address.AsSpan(colon + 1), out var port)
            ? new DnsEndPoint(address[..colon], port)
            : throw new SocketException((int)SocketError.HostNotFound, $"'{address}' is not HOST:PORT");
    }
}
