using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Discovery;

/// <summary>
/// The agents of a fleet in etcd. The first look-up of an agent reads it from a majority of the nodes and starts the copy of all agents in memory;
/// later ones are answered from that copy, without a request.
/// </summary>
internal sealed class EtcdDirectory : IAgentDirectory, IAsyncDisposable, IDisposable
{
    private readonly EtcdDirectoryOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EtcdClient client;
    private readonly EtcdKeys keys;
    private readonly EtcdMirror mirror;
    private volatile bool disposed;

    /// <param name="options">The nodes, the prefix and the limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it says what happens to its watch and leases.</param>
    /// <param name="wire">Sends requests; sockets where <see langword="null"/>.</param>
    public EtcdDirectory(EtcdDirectoryOptions options, TimeProvider time, ILogger<EtcdDirectory> logger, HttpMessageHandler? wire = null)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
        client = new EtcdClient(options, time, wire ?? EtcdClient.DefaultWire(options));
        keys = new EtcdKeys(options.Prefix);
        mirror = new EtcdMirror(client, keys, time, logger);
    }

    public async ValueTask<IDirectoryEntry> RegisterAsync(AgentInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ObjectDisposedException.ThrowIf(disposed, this);
        var entry = new EtcdEntry(instance, client, keys, options.LeaseTime, time, logger);
        await entry.EnterAsync(cancellationToken).ConfigureAwait(false);
        return entry;
    }

    public ValueTask<IReadOnlyList<AgentInstance>> FindAsync(string agent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ObjectDisposedException.ThrowIf(disposed, this);
        return mirror.TryFind(agent, out var instances) ? ValueTask.FromResult(instances) : new(ReadAsync(agent, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await mirror.DisposeAsync().ConfigureAwait(false);
        client.Dispose();
    }

    /// <summary>For containers that are disposed of synchronously; the watch ends within a request's cancellation.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<IReadOnlyList<AgentInstance>> ReadAsync(string agent, CancellationToken cancellationToken)
    {
        var range = keys.Of(agent);
        try
        {
            var reply = await client.RangeAsync(new RangeRequest(range.Key, range.End), cancellationToken).ConfigureAwait(false);
            AgentInstance[] instances = [.. (reply.Kvs ?? []).Select(entry => keys.Read(entry).Instance).OfType<AgentInstance>().OrderBy(instance => instance.Id, StringComparer.Ordinal)];
            mirror.Remember(agent, instances);
            return instances;
        }
        catch (Exception error) when (error is EtcdUnreachableException or EtcdRefusedException)
        {
            return mirror.TryRecall(agent, out var known)
                ? known
                : throw new AgentDirectoryException($"Agent {agent} cannot be looked up: {error.Message}", error);
        }
        finally
        {
            mirror.Start();
        }
    }
}
