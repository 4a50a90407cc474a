using System.Net.Sockets;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Supervision;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>A loop that the runtime runs, restarts by policy, and reports on.</summary>
public sealed class SupervisedLoop
{
    private readonly AgentContext agent;
    private readonly ILogger logger;
    private readonly Func<CancellationToken, Task> body;
    private readonly RestartPolicy policy;
    private readonly Action<SupervisedLoop, Exception?> exhausted;
    private volatile LoopState state;
    private volatile Exception? lastError;
    private int restarts;
    private long runBegan;
    private long provenAfter;

    internal SupervisedLoop(
        string name,
        AgentContext agent,
        ILogger logger,
        Func<CancellationToken, Task> body,
        RestartPolicy policy,
        Action<SupervisedLoop, Exception?> exhausted)
    {
        Name = name;
        this.agent = agent;
        this.logger = logger;
        this.body = body;
        this.policy = policy;
        this.exhausted = exhausted;
    }

    /// <summary>The loop's name within its agent.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public LoopState State => state;

    /// <summary>How often it was started again.</summary>
    public int Restarts => Volatile.Read(ref restarts);

    /// <summary>The exception that ended the last run that failed; <see langword="null"/> where none has.</summary>
    public Exception? LastError => lastError;

    /// <summary>Ends when the loop has ended for good. Never faults: see <see cref="State"/> and <see cref="LastError"/>.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    internal RestartPolicy Policy => policy;

    /// <summary>Whether the loop is down, or has just begun again after a failure: until a run has lasted longer than the wait before it, it has proven nothing.</summary>
    internal bool IsInTrouble => State switch
    {
        LoopState.Failed or LoopState.BackingOff => true,
        LoopState.Running => Restarts > 0 && agent.Time.GetElapsedTime(Volatile.Read(ref runBegan)).Ticks < Volatile.Read(ref provenAfter),
        _ => false,
    };

    internal void Start(CancellationToken stop) => Completion = Task.Run(() => RunAsync(stop), CancellationToken.None);

    private async Task RunAsync(CancellationToken stop)
    {
        var budget = new RestartBudget(policy, agent.Time);
        var failuresInARow = 0;
        while (true)
        {
            var began = agent.Time.GetTimestamp();
            Volatile.Write(ref runBegan, began);
            state = LoopState.Running;
            var error = await RunOnceAsync(stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                if (error is not null)
                    AgentLog.LoopFailedAtStop(logger, error, agent.Name, Name);
                state = LoopState.Stopped;
                return;
            }

            if (error is null && policy.Mode != RestartMode.Always)
            {
                state = LoopState.Completed;
                return;
            }

            if (policy.Mode == RestartMode.Never || !budget.TryTake())
            {
                state = LoopState.Failed;
                exhausted(this, error);
                return;
            }

            failuresInARow = agent.Time.GetElapsedTime(began) > policy.Window ? 1 : failuresInARow + 1;
            if (!await BackOffAsync(failuresInARow, error, stop).ConfigureAwait(false))
                return;
        }
    }

    /// <returns>The exception that ended the run; <see langword="null"/> where it ended by itself or was stopped.</returns>
    private async Task<Exception?> RunOnceAsync(CancellationToken stop)
    {
        try
        {
            await body(stop).ConfigureAwait(false);
            return null;
        }
        catch (Exception end) when (stop.IsCancellationRequested && end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Asked to end, by its token or by the closing of the socket that it waits on.
            return null;
        }
#pragma warning disable CA1031 // A supervisor sees every exception: none may be lost, none may end the process from a thread of the pool.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lastError = error;
            agent.Metrics.LoopFailed(Name, error);
            return error;
        }
    }

    /// <returns>Whether the loop goes on.</returns>
    private async Task<bool> BackOffAsync(int failuresInARow, Exception? error, CancellationToken stop)
    {
        state = LoopState.BackingOff;
#pragma warning disable CA5394 // Jitter keeps no secret.
        var delay = policy.DelayBefore(failuresInARow, Random.Shared.NextDouble());
#pragma warning restore CA5394
        Volatile.Write(ref provenAfter, delay.Ticks);
        AgentLog.LoopRestarts(logger, error, agent.Name, Name, delay.TotalSeconds, Restarts + 1);
        try
        {
            await Task.Delay(delay, agent.Time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            state = LoopState.Stopped;
            return false;
        }

        Interlocked.Increment(ref restarts);
        agent.Metrics.LoopRestarted(Name);
        return true;
    }
}
