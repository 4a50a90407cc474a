using System.Collections.Concurrent;
using System.Diagnostics;
using AgentLift.Runtime.Discovery;
using AgentLift.Runtime.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Tests.Discovery;

/// <summary>One process's view of etcd: its directory, its log, and what it asked.</summary>
internal sealed class EtcdParty : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CountingWire wire = new();

    public EtcdParty(EtcdCluster cluster, string prefix = "/agentlift/", Action<EtcdDirectoryOptions>? configure = null)
    {
        Options = new EtcdDirectoryOptions { Prefix = prefix, LeaseTime = TimeSpan.FromSeconds(2) };
        foreach (var node in cluster.Nodes)
            Options.Endpoints.Add(node.Address.OriginalString);
        configure?.Invoke(Options);
        Directory = new EtcdDirectory(Options, TimeProvider.System, Log, wire);
    }

    public EtcdDirectoryOptions Options { get; }

    public EtcdDirectory Directory { get; }

    public RecordedLog<EtcdDirectory> Log { get; } = new();

    /// <summary>How often instances were read, not counting the questions whether there is anything new.</summary>
    public int Reads => wire.Reads;

    /// <summary>The nodes asked, request by request.</summary>
    public IReadOnlyCollection<Uri> Asked => wire.Asked;

    /// <summary>The node whose watch was opened last.</summary>
    public Uri? Watched => wire.Watched;

    public Task<IDirectoryEntry> EnterAsync(string agent, string id) => Directory.RegisterAsync(Instances.Of(agent, id), default).AsTask();

    /// <summary>Looks an agent up and waits until the copy in memory is complete and watched.</summary>
    public async Task WatchAsync(string agent)
    {
        await Directory.FindAsync(agent, default);
        await UntilAsync(() => Task.FromResult(Log.Lines.Any(line => line.Contains("are watched", StringComparison.Ordinal))));
    }

    /// <summary>Waits until the copy has been compared with etcd some more times.</summary>
    public Task ComparedAsync(int times)
    {
        var enough = wire.Comparisons + times;
        return UntilAsync(() => Task.FromResult(wire.Comparisons >= enough));
    }

    public Task SeesAsync(string agent, params string[] ids) => UntilAsync(async () => (await Directory.IdsAsync(agent)).SequenceEqual(ids));

    public Task SeesAsync(string agent, HealthStatus health) =>
        UntilAsync(async () => (await Directory.FindAsync(agent, default)).All(instance => instance.Health == health));

    public ValueTask DisposeAsync() => Directory.DisposeAsync();

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private sealed class CountingWire() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int reads;
        private int comparisons;

        public int Comparisons => Volatile.Read(ref comparisons);

        public ConcurrentQueue<Uri> Asked { get; } = [];

        public int Reads => Volatile.Read(ref reads);

        public Uri? Watched { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var node = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority));
            Asked.Enqueue(node);
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (request.RequestUri.AbsolutePath == "/v3/kv/range" && !body.Contains("_only", StringComparison.Ordinal))
                Interlocked.Increment(ref reads);
            if (body.Contains("count_only", StringComparison.Ordinal))
                Interlocked.Increment(ref comparisons);
            if (request.RequestUri.AbsolutePath == "/v3/watch")
                Watched = node;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
