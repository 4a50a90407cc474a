using System.Collections.Immutable;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Supervision;

/// <summary>The loops of one agent: begun together, stopped together.</summary>
internal sealed class LoopSet(AgentContext agent, ILogger logger, Action<SupervisedLoop, RestartPolicy, Exception?> exhausted) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private bool started;

    public ImmutableArray<SupervisedLoop> All { get; private set; } = [];

    /// <summary>Adds a loop; it begins at once where the others have begun.</summary>
    public SupervisedLoop Add(string name, Func<CancellationToken, Task> body, RestartPolicy policy)
    {
        var loop = new SupervisedLoop(name, agent, logger, body, policy, (failed, error) => exhausted(failed, policy, error));
        lock (gate)
        {
            All = All.Add(loop);
            if (started)
                Begin(loop);
        }

        return loop;
    }

    public void Start()
    {
        lock (gate)
        {
            started = true;
            foreach (var loop in All)
                Begin(loop);
        }
    }

    /// <summary>Asks all loops to end, wakes those that block, and waits. Those that do not end in time are named and left behind.</summary>
    public async Task StopAsync(TimeSpan limit, Action wake)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        wake();
        var loops = All;
        try
        {
            await Task.WhenAll(loops.Select(loop => loop.Completion)).WaitAsync(limit, agent.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (var loop in loops.Where(loop => !loop.Completion.IsCompleted))
                AgentLog.LoopDoesNotEnd(logger, agent.Name, loop.Name, limit.TotalSeconds);
        }
    }

    public void Dispose() => stop.Dispose();

    private void Begin(SupervisedLoop loop)
    {
        loop.Start(stop.Token);
        _ = loop.Completion.ContinueWith(_ => Forget(loop), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    // An agent may give a loop for each of its clients: one that has done its work must not be kept for ever.
    private void Forget(SupervisedLoop loop)
    {
        var done = loop.State == LoopState.Completed || (loop.State == LoopState.Failed && loop.Policy.WhenExhausted == RestartEscalation.Report);
        if (!done)
            return;
        lock (gate)
            All = All.Remove(loop);
    }
}
