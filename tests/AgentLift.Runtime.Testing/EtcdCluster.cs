using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace AgentLift.Runtime.Testing;

/// <summary>Real etcd nodes on free loopback ports, with their data in a temporary folder. Disposing of the cluster ends them and deletes the folder.</summary>
public sealed class EtcdCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("etcd-");
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private EtcdCluster(int count)
    {
        var ports = FreePorts(2 * count);
        var members = string.Join(',', Enumerable.Range(0, count).Select(i => $"n{i}=http://127.0.0.1:{ports[count + i]}"));
        Nodes = [.. Enumerable.Range(0, count).Select(i => new EtcdProcess($"n{i}", ports[i], ports[count + i], members, folder.FullName))];
    }

    public IReadOnlyList<EtcdProcess> Nodes { get; }

    /// <summary>Starts nodes and waits until each can answer.</summary>
    public static async Task<EtcdCluster> StartAsync(int count = 3)
    {
        var cluster = new EtcdCluster(count);
        try
        {
            await cluster.StartAsync(cluster.Nodes);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts nodes that were killed, with the data that they had.</summary>
    public async Task StartAsync(IEnumerable<EtcdProcess> nodes)
    {
        var starting = nodes.ToArray();
        foreach (var node in starting)
            node.Start();
        foreach (var node in starting)
            await HealthyAsync(node);
    }

    public async Task<EtcdProcess> LeaderAsync()
    {
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            var status = await PostAsync(node, "v3/maintenance/status", []);
            if ((string?)status["leader"] == (string?)status["header"]?["member_id"])
                return node;
        }

        throw new InvalidOperationException("The cluster has no leader.");
    }

    /// <summary>Asks the first node that runs.</summary>
    public Task<JsonObject> PostAsync(string path, JsonObject body) => PostAsync(Nodes.First(node => node.IsRunning), path, body);

    /// <summary>Discards all history up to now.</summary>
    public async Task CompactAsync()
    {
        var now = await PostAsync("v3/kv/range", new JsonObject { ["key"] = "AA==" });
        await PostAsync("v3/kv/compaction", new JsonObject { ["revision"] = (string?)now["header"]?["revision"], ["physical"] = true });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<JsonObject> PostAsync(EtcdProcess node, string path, JsonObject body)
    {
        using var reply = await http.PostAsJsonAsync(new Uri(node.Address, path), body);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task HealthyAsync(EtcdProcess node)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await IsHealthyAsync())
        {
            if (!node.IsRunning)
                throw new InvalidOperationException($"etcd ended: {node.Log}");
            await Task.Delay(PollPeriod, limit.Token);
        }

        async Task<bool> IsHealthyAsync()
        {
            try
            {
                return (await http.GetStringAsync(new Uri(node.Address, "health"), limit.Token)).Contains("\"true\"", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    // Held all at once, so that they differ; the system does not give a port again soon after it was freed.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
