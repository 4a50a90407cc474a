using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Discovery;

/// <summary>One instance in etcd under a lease of its own.</summary>
internal sealed class EtcdEntry(AgentInstance instance, EtcdClient client, EtcdKeys keys, TimeSpan leaseTime, TimeProvider time, ILogger logger) : IDirectoryEntry
{
    // One more than the three that a lease must hold, so that a renewal may fail and a node may time out.
    private const int RenewalsInLease = 4;

    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource ended = new();
    private AgentInstance instance = instance;
    private AgentInstance? written;
    private long lease;

    public TimeSpan RenewalPeriod => leaseTime / RenewalsInLease;

    /// <exception cref="AgentDirectoryException">etcd cannot be reached, or refuses.</exception>
    public Task EnterAsync(CancellationToken cancellationToken) => GuardedAsync("entered", EnterAnewAsync, cancellationToken);

    public ValueTask RenewAsync(HealthStatus health, CancellationToken cancellationToken) =>
        new(GuardedAsync("renewed", token => ExtendAsync(health, token), cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested)
            return;
        await ended.CancelAsync().ConfigureAwait(false);
        // After the time of the lease there is nothing left to revoke.
        using var limit = new CancellationTokenSource(leaseTime, time);
        try
        {
            await gate.WaitAsync(limit.Token).ConfigureAwait(false);
            if (lease != 0)
                await client.RevokeAsync(lease, limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An agent that stops must not fail because of a registry that does; the lease runs out by itself.
        catch (Exception error)
#pragma warning restore CA1031
        {
            DirectoryLog.NotRemoved(logger, error, instance.Agent, instance.Id, leaseTime.TotalSeconds);
        }
    }

    private async Task ExtendAsync(HealthStatus health, CancellationToken cancellationToken)
    {
        instance = instance with { Health = health };
        if (!await client.KeepAliveAsync(lease, cancellationToken).ConfigureAwait(false))
        {
            DirectoryLog.LeaseLost(logger, instance.Agent, instance.Id);
            await EnterAnewAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (!instance.Equals(written))
        {
            await PutAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EnterAnewAsync(CancellationToken cancellationToken)
    {
        written = null;
        lease = await client.GrantAsync(leaseTime, cancellationToken).ConfigureAwait(false);
        await PutAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(CancellationToken cancellationToken)
    {
        var value = instance;
        await client.PutAsync(new PutRequest(keys.Of(value.Agent, value.Id), EtcdKeys.ValueOf(value), lease), cancellationToken).ConfigureAwait(false);
        written = value;
    }

    private async Task GuardedAsync(string what, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(ended.IsCancellationRequested, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        await gate.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await act(either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EtcdUnreachableException or EtcdRefusedException)
        {
            throw new AgentDirectoryException($"Agent {instance.Agent}, instance {instance.Id}, cannot be {what}: {error.Message}", error);
        }
        finally
        {
            gate.Release();
        }
    }
}
