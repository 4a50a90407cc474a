using AgentLift.Runtime.Testing;

namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>The configuration that makes etcd the directory, for asker and asked alike.</summary>
internal static class EtcdSettings
{
    public static Dictionary<string, string?> Of(EtcdCluster cluster)
    {
        var settings = new Dictionary<string, string?> { ["Directory:Kind"] = "Etcd", ["Directory:Etcd:LeaseTime"] = "00:00:02" };
        for (var node = 0; node < cluster.Nodes.Count; node++)
            settings[$"Directory:Etcd:Endpoints:{node}"] = cluster.Nodes[node].Address.OriginalString;
        return settings;
    }
}
