using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Discovery;
using AgentLift.Runtime.Health;
using Microsoft.Extensions.Hosting;

namespace AgentLift.Runtime;

/// <summary>The phases of an agent's life, each bounded by its own option.</summary>
public abstract partial class BaseAgent
{
    private readonly Lock shutDownGate = new();
    private Task? shutDown;
    private volatile bool wasStarted;
    private int disposed;
    private Task? drain;
    private AgentAnnouncement? announcement;
    private volatile bool hasRun;

    /// <summary>Starts the agent: <see cref="OnStartingAsync"/>, its loops, <see cref="OnStartedAsync"/>.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="AgentFailedException">A phase failed or took too long, and <see cref="AgentOptions.OnFailure"/> is not isolate.</exception>
    /// <exception cref="InvalidOperationException">The agent was started before.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (state != AgentState.Created)
            throw new InvalidOperationException($"Agent {Name} is {state}; an agent starts once.");
        state = AgentState.Starting;
        var began = Context.Time.GetTimestamp();
        try
        {
            await BoundedAsync("start", nameof(AgentOptions.StartTimeout), Context.Options.StartTimeout, OnStartingAsync, cancellationToken).ConfigureAwait(false);
            WarnOfUnknownEndpoints();
            await BoundedAsync("start", nameof(AgentOptions.StartTimeout), Context.Options.StartTimeout, endpoints.StartAsync, cancellationToken).ConfigureAwait(false);
            loops.Start();
            await BoundedAsync("started", nameof(AgentOptions.StartTimeout), Context.Options.StartTimeout, OnStartedAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (AgentFailedException failure)
        {
            await endpoints.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            await loops.StopAsync(Context.Options.StopTimeout, sockets.Close).ConfigureAwait(false);
            Report(failure);
            if (Context.Options.OnFailure != AgentFailurePolicy.Isolate)
                throw;
            return;
        }

        hasRun = true;

        // A loop may have failed the agent meanwhile.
        if (Interlocked.CompareExchange(ref state, AgentState.Running, AgentState.Starting) == AgentState.Starting)
        {
            AgentLog.Started(Logger, Name, Context.Time.GetElapsedTime(began).TotalSeconds);
            Announce();
            if (dependencies.All.Any(dependency => dependency.Warmup == LazyWarmup.AfterReady))
                loops.Add("warm-up", dependencies.WarmUpAsync, RestartPolicy.Never with { WhenExhausted = RestartEscalation.Degrade });
        }
    }

    /// <summary>Drains and stops the agent. Later calls wait for the first.</summary>
    /// <param name="cancellationToken">Ends the wait for operations and loops at once.</param>
    public Task StopAsync(CancellationToken cancellationToken) => ShutDownAsync(cancellationToken);

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes no new operation and waits for those under way.</summary>
    internal Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (shutDownGate)
            return drain ??= DrainOnceAsync(cancellationToken);
    }

    private Task ShutDownAsync(CancellationToken cancellationToken)
    {
        lock (shutDownGate)
            return shutDown ??= ShutDownOnceAsync(cancellationToken);
    }

    private async Task DrainOnceAsync(CancellationToken cancellationToken)
    {
        var left = operations.Close();
        if (state == AgentState.Created)
            return;
        if (state is AgentState.Running or AgentState.Starting)
            state = AgentState.Draining;
        var began = Context.Time.GetTimestamp();
        if (announcement is not null)
            await announcement.WithdrawAsync().ConfigureAwait(false);
        if (hasRun)
            await AttemptAsync("drain", nameof(AgentOptions.DrainTimeout), Context.Options.DrainTimeout, OnDrainingAsync, cancellationToken).ConfigureAwait(false);
        var rest = Context.Options.DrainTimeout - Context.Time.GetElapsedTime(began);
        using var over = new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            // Endpoints take nothing new, answer what they have received, and close; when time is over they are cut off.
            await endpoints.StopAsync(either.Token).ConfigureAwait(false);
            await left.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            AgentLog.DrainGaveUp(Logger, Name, Context.Time.GetElapsedTime(began).TotalSeconds, operations.Inside);
        }
    }

    private async Task ShutDownOnceAsync(CancellationToken cancellationToken)
    {
        wasStarted = state != AgentState.Created;
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        var failed = state == AgentState.Failed;
        if (!failed)
            state = AgentState.Stopping;
        await loops.StopAsync(Context.Options.StopTimeout, sockets.Close).ConfigureAwait(false);
        if (wasStarted)
            await AttemptAsync("stop", nameof(AgentOptions.StopTimeout), Context.Options.StopTimeout, OnStoppedAsync, CancellationToken.None).ConfigureAwait(false);
        await dependencies.ReleaseAsync().ConfigureAwait(false);
        await CloseClientsAsync().ConfigureAwait(false);
        if (state == AgentState.Stopping)
            state = AgentState.Stopped;
        if (wasStarted)
            AgentLog.Stopped(Logger, Name);
    }

    private void Announce()
    {
        if (Endpoints.Count == 0)
            return;
        announcement = new AgentAnnouncement(this, Context, new AgentHealthCheck(Name, () => this, Logger));
        loops.Add("directory", announcement.RunAsync, AgentAnnouncement.Policy);
    }

    /// <summary>Runs a phase on the way down: its failure is reported, and the way down goes on.</summary>
    private async Task AttemptAsync(string phase, string option, TimeSpan limit, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken)
    {
        try
        {
            await BoundedAsync(phase, option, limit, run, cancellationToken).ConfigureAwait(false);
        }
        catch (AgentFailedException failure)
        {
            Report(failure);
        }
    }

    private async Task BoundedAsync(string phase, string option, TimeSpan limit, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            // A phase that does not look at its token is left behind when its time is over.
            await run(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw new AgentFailedException(
                Name, phase, $"it took longer than {limit:c}. If that is right, raise {AgentOptions.Section}:{Name}:{option}.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new AgentFailedException(Name, phase, "the host gave up waiting for it.");
        }
#pragma warning disable CA1031 // Whatever a phase throws fails the agent, and is kept as the cause.
        catch (Exception error) when (error is not AgentFailedException)
#pragma warning restore CA1031
        {
            throw new AgentFailedException(Name, phase, $"{error.GetType().Name}: {error.Message}", error);
        }
    }

    private void Fail(string phase, string message, Exception? error) => Report(new AgentFailedException(Name, phase, message, error));

    private void Report(AgentFailedException failure)
    {
        state = AgentState.Failed;
        Failure ??= failure;
        Context.Metrics.Failed(failure.Phase);
        Context.Failures.Report(Context.Options, failure);
    }
}
