using System.Diagnostics.CodeAnalysis;
using System.Text;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Discovery;

/// <summary>
/// A copy of all entries in memory: read once, then kept up to date by one watch that begins at the revision after the read. Every second it asks
/// a majority of the nodes whether the copy misses something. So a watch that is silently dead, or hangs at a node cut off from the others, is
/// noticed, and the copy is read anew: while etcd answers at once, the copy is never wrong for longer than two seconds; each node that must be
/// waited for in vain adds one time-out. While etcd does not answer, the copy stays as it is.
/// </summary>
internal sealed class EtcdMirror(EtcdClient client, EtcdKeys keys, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    internal static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly InstanceTable table = new();
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private Task? following;
    private long seen;
    private bool incomplete = true;
    private int failures;
    private volatile bool loaded;
    private volatile bool current;

    /// <summary>Answers from memory where the copy knows the agent, or is known to be up to date and so knows that there is none.</summary>
    public bool TryFind(string agent, [NotNullWhen(true)] out IReadOnlyList<AgentInstance>? instances)
    {
        instances = null;
        if (!loaded)
            return false;
        if (!table.TryFind(agent, out instances) && current)
            instances = [];
        return instances is not null;
    }

    /// <summary>Answers with what was known last, however old.</summary>
    public bool TryRecall(string agent, [NotNullWhen(true)] out IReadOnlyList<AgentInstance>? instances) => table.TryFind(agent, out instances);

    /// <summary>Keeps what one look-up read, in case that etcd is gone before the copy is complete.</summary>
    public void Remember(string agent, IEnumerable<AgentInstance> instances)
    {
        lock (gate)
        {
            if (!loaded)
                table.Replace(agent, instances);
        }
    }

    public void Start()
    {
        lock (gate)
        {
            if (following is not null || ended.IsCancellationRequested)
                return;
            // The watch outlives the look-up that starts it, and must not be traced as a part of it.
            using (ExecutionContext.SuppressFlow())
                following = Task.Run(() => FollowAsync(ended.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        Task? last;
        lock (gate)
            last = following;
        if (last is not null)
            await last.ConfigureAwait(false);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (incomplete)
                    await LoadAsync(cancellationToken).ConfigureAwait(false);
                await WatchAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (EtcdWatchBehindException behind)
            {
                current = false;
                incomplete = true;
                DirectoryLog.ReadAgain(logger, behind.Message);
            }
#pragma warning disable CA1031 // Whatever broke the watch, agents must be found again when it can go on; it is logged once until then.
            catch (Exception error)
#pragma warning restore CA1031
            {
                current = false;
                if (failures == 0)
                    DirectoryLog.WatchBroke(logger, error.Message);
                await EtcdPause.AfterAsync(failures++, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var reply = await client.RangeAsync(new RangeRequest(keys.All.Key, keys.All.End), cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            unreadable.Clear();
            table.Replace((reply.Kvs ?? []).Select(Read).OfType<AgentInstance>());
            seen = reply.Header.Revision;
            incomplete = false;
            loaded = true;
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var watch = await client.WatchAsync(keys.All, seen + 1, cancellationToken).ConfigureAwait(false);
        DirectoryLog.Watching(logger, watch.Node.Address, seen + 1);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] tasks = [ReadAsync(watch, either.Token), CheckAsync(either.Token)];
        try
        {
            await (await Task.WhenAny(tasks).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await either.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Leave(watch.Node);
        }
    }

    private async Task ReadAsync(EtcdWatch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            lock (gate)
            {
                foreach (var change in result.Events ?? [])
                    Apply(change);
                // An answer without events is a notice of progress: nothing happened up to its revision. One with events may be followed by older ones.
                if (result is { Events: null or [], Created: false })
                    seen = Math.Max(seen, result.Header.Revision);
            }
        }
    }

    private void Apply(EtcdEvent change)
    {
        if (change.Kv.ModRevision < seen)
            return;
        seen = change.Kv.ModRevision;
        unreadable.Remove(Encoding.UTF8.GetString(change.Kv.Key));
        if (!change.IsDelete && Read(change.Kv) is { } instance)
            table.Put(instance);
        else if (keys.TryParse(change.Kv.Key, out var agent, out var id))
            table.Remove(agent, id);
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckPeriod, time);
        await CheckOnceAsync(cancellationToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await CheckOnceAsync(cancellationToken).ConfigureAwait(false);
            // Only a watch that has lived is a success: one that opens and breaks at once must not end the back-off.
            failures = 0;
        }
    }

    /// <exception cref="EtcdWatchBehindException">The watch has missed something.</exception>
    private async Task CheckOnceAsync(CancellationToken cancellationToken)
    {
        // One key, and only counted: the cheapest question whose answer carries the revision that a majority has reached.
        var latest = await client.RangeAsync(new RangeRequest(keys.All.Key, CountOnly: true), cancellationToken).ConfigureAwait(false);
        if (latest.Header.Revision > Volatile.Read(ref seen) && await MissesAsync(cancellationToken).ConfigureAwait(false) is { } before)
        {
            await Task.Delay(Grace, time, cancellationToken).ConfigureAwait(false);
            if (Volatile.Read(ref seen) == before)
                throw new EtcdWatchBehindException($"the watch is silent since revision {before}, while agents have changed");
        }

        current = true;
    }

    /// <summary>
    /// Compares the copy with etcd. No entry newer than the copy and the same number of entries mean that the copy is right: what is gone
    /// lowers the number, and what came is newer.
    /// </summary>
    /// <returns>The revision of the copy where it misses something; <see langword="null"/> where it does not.</returns>
    private async Task<long?> MissesAsync(CancellationToken cancellationToken)
    {
        var request = new RangeRequest(keys.All.Key, keys.All.End, KeysOnly: true, Limit: 1, SortOrder: "DESCEND", SortTarget: "MOD");
        var newest = await client.RangeAsync(request, cancellationToken).ConfigureAwait(false);
        lock (gate)
        {
            if (seen >= newest.Header.Revision)
                return null;
            if (newest.Count != table.Count + unreadable.Count || newest.Kvs is [var entry, ..] && entry.ModRevision > seen)
                return seen;
            // Others use this etcd, too. Going on from here keeps the watch ahead of compaction.
            seen = newest.Header.Revision;
            return null;
        }
    }

    private AgentInstance? Read(EtcdKeyValue entry)
    {
        var (instance, problem) = keys.Read(entry);
        if (problem is not null)
        {
            var key = Encoding.UTF8.GetString(entry.Key);
            unreadable.Add(key);
            DirectoryLog.Unreadable(logger, key, problem);
        }

        return instance;
    }
}
