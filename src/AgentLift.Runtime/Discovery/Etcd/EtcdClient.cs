using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentLift.Runtime.Discovery;

/// <summary>
/// Asks the nodes of etcd, the one that answered last first, and the next at once where one fails. Where nodes are there but none can answer, as
/// during an election, it asks all of them again, after pauses, until twice the time-out has passed; where all refuse the connection, it gives up.
/// A call thus ends, at the latest, after twice the time-out, one second, and the time-out once for each node.
/// </summary>
internal sealed class EtcdClient : IDisposable
{
    private readonly TimeSpan patience;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly EtcdNode[] nodes;
    private int first;

    /// <param name="options">The nodes and the time-out.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wire">Sends requests; disposed of with the client.</param>
    public EtcdClient(EtcdDirectoryOptions options, TimeProvider time, HttpMessageHandler wire)
    {
        this.time = time;
        patience = 2 * options.Timeout;
        http = new HttpClient(wire) { Timeout = Timeout.InfiniteTimeSpan };
        var login = new EtcdLogin(options);
        nodes = [.. options.Endpoints.Select(address => new EtcdNode(new Uri(address), http, login, options.Timeout, time))];
    }

    /// <summary>What sends requests in production. A registry is reached directly: a proxy would be one more thing that fails.</summary>
    public static SocketsHttpHandler DefaultWire(EtcdDirectoryOptions options) =>
        new() { UseProxy = false, ConnectTimeout = options.Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    /// <summary>Reads entries, as a majority of the nodes knows them.</summary>
    public Task<RangeReply> RangeAsync(RangeRequest request, CancellationToken cancellationToken) =>
        PostAsync("v3/kv/range", request, EtcdJson.Default.RangeRequest, EtcdJson.Default.RangeReply, cancellationToken);

    public Task<PutReply> PutAsync(PutRequest request, CancellationToken cancellationToken) =>
        PostAsync("v3/kv/put", request, EtcdJson.Default.PutRequest, EtcdJson.Default.PutReply, cancellationToken);

    public async Task<long> GrantAsync(TimeSpan leaseTime, CancellationToken cancellationToken)
    {
        var request = new LeaseGrantRequest((long)leaseTime.TotalSeconds);
        return (await PostAsync("v3/lease/grant", request, EtcdJson.Default.LeaseGrantRequest, EtcdJson.Default.LeaseReply, cancellationToken).ConfigureAwait(false)).Id;
    }

    /// <summary>Extends a lease.</summary>
    /// <returns>Whether there still was one.</returns>
    public async Task<bool> KeepAliveAsync(long lease, CancellationToken cancellationToken)
    {
        var reply = await PostAsync("v3/lease/keepalive", new LeaseRequest(lease), EtcdJson.Default.LeaseRequest, EtcdJson.Default.KeepAliveReply, cancellationToken).ConfigureAwait(false);
        return reply.Error is { } error
            ? throw new EtcdUnreachableException($"etcd did not extend the lease: {error.GetRawText()}", inner: null)
            : reply.Result is { Ttl: > 0 };
    }

    public async Task RevokeAsync(long lease, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync("v3/lease/revoke", new LeaseRequest(lease), EtcdJson.Default.LeaseRequest, EtcdJson.Default.LeaseReply, cancellationToken).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (refusal.NotFound)
        {
            // It ran out before; that is what was wanted.
        }
    }

    public Task<EtcdWatch> WatchAsync((byte[] Key, byte[] End) range, long startRevision, CancellationToken cancellationToken)
    {
        var request = new WatchRequest(new WatchCreateRequest(range.Key, range.End, startRevision, ProgressNotify: true));
        var body = JsonSerializer.SerializeToUtf8Bytes(request, EtcdJson.Default.WatchRequest);
        return AskAsync(node => node.OpenAsync("v3/watch", body, cancellationToken), cancellationToken);
    }

    /// <summary>Stops asking a node first: it has just failed.</summary>
    public void Leave(EtcdNode node)
    {
        var index = Array.IndexOf(nodes, node);
        Interlocked.CompareExchange(ref first, (index + 1) % nodes.Length, index);
    }

    public void Dispose() => http.Dispose();

    private Task<TReply> PostAsync<TRequest, TReply>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        return AskAsync(node => node.PostAsync(path, body, replyType, cancellationToken), cancellationToken);
    }

    private async Task<T> AskAsync<T>(Func<EtcdNode, Task<T>> ask, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var round = 0; ; round++)
        {
            EtcdNodeException? last = null;
            var present = false;
            var start = Volatile.Read(ref first);
            for (var i = 0; i < nodes.Length; i++)
            {
                var node = (start + i) % nodes.Length;
                try
                {
                    var answer = await ask(nodes[node]).ConfigureAwait(false);
                    Volatile.Write(ref first, node);
                    return answer;
                }
                catch (EtcdNodeException error)
                {
                    last = error;
                    present |= error.Present;
                }
            }

            if (!present || time.GetElapsedTime(began) >= patience)
            {
                throw new EtcdUnreachableException(
                    $"none of the etcd nodes {string.Join(", ", nodes.Select(node => node.Address))} answered; the last error was: {last!.Message}. "
                    + $"Check {DirectoryOptions.Section}:{nameof(DirectoryOptions.Etcd)}:{nameof(EtcdDirectoryOptions.Endpoints)}.",
                    last);
            }

            await EtcdPause.AfterAsync(round, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
