using AgentLift.Runtime.Testing;

namespace AgentLift.Runtime.Tests.Discovery;

/// <summary>A cluster for the tests that harm no node, started by the first of them. Tests that do harm start their own, and all run one after the other.</summary>
public sealed class SharedEtcd : IAsyncLifetime
{
    private Task<EtcdCluster>? cluster;

    public Task<EtcdCluster> ClusterAsync() => cluster ??= EtcdCluster.StartAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (cluster is not null)
            await (await cluster).DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class EtcdTests : ICollectionFixture<SharedEtcd>
{
    public const string Name = "etcd";
}
