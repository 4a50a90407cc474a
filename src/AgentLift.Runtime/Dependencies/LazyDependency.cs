using AgentLift.Runtime.Dependencies;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>A heavy dependency of an agent: loaded once, by whoever asks first, for all who ask meanwhile.</summary>
/// <typeparam name="T">What is loaded.</typeparam>
#pragma warning disable CA1001 // The token source has neither timer nor wait handle, so there is nothing to dispose; the agent releases the value.
public sealed class LazyDependency<T> : ILazyDependency
#pragma warning restore CA1001
    where T : notnull
{
    private readonly Lock gate = new();
    private readonly AgentContext agent;
    private readonly ILogger logger;
    private readonly Func<CancellationToken, ValueTask<T>> load;
    private readonly LazyDependencyOptions options;
    private readonly Action<ILazyDependency> onLoaded;
    private readonly CancellationTokenSource released = new();
    private volatile Box? loaded;
    private volatile LazyDependencyState state;
    private Task<T>? loading;

    internal LazyDependency(
        string name,
        AgentContext agent,
        ILogger logger,
        Func<CancellationToken, ValueTask<T>> load,
        LazyDependencyOptions options,
        Action<ILazyDependency> onLoaded)
    {
        Name = name;
        this.agent = agent;
        this.logger = logger;
        this.load = load;
        this.options = options;
        this.onLoaded = onLoaded;
    }

    /// <summary>The dependency's name within its agent.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public LazyDependencyState State => state;

    /// <summary>Whether the value is disposed of with the agent; <see langword="false"/> for what belongs to the host's container.</summary>
    internal bool OwnsValue { get; init; } = true;

    /// <summary>Whether the agent loads it once it runs.</summary>
    public LazyWarmup Warmup => options.Warmup;

    /// <summary>The value, loaded by this call if need be. The calling thread waits for the load.</summary>
    /// <exception cref="DependencyLoadException">The load failed or took too long.</exception>
    /// <exception cref="ObjectDisposedException">The agent has stopped.</exception>
    public T Value => loaded is { } box ? box.Value : LoadShared().GetAwaiter().GetResult();

    /// <summary>The value, loaded by this call if need be.</summary>
    /// <param name="cancellationToken">Ends this caller's wait. The load goes on for the others.</param>
    /// <exception cref="DependencyLoadException">The load failed or took too long.</exception>
    /// <exception cref="ObjectDisposedException">The agent has stopped.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default) =>
        loaded is { } box ? new ValueTask<T>(box.Value) : new ValueTask<T>(LoadShared().WaitAsync(cancellationToken));

    Task ILazyDependency.LoadAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken).AsTask();

    async ValueTask ILazyDependency.ReleaseAsync()
    {
        Box? box;
        lock (gate)
        {
            if (state == LazyDependencyState.Released)
                return;
            state = LazyDependencyState.Released;
            box = loaded;
            loaded = null;
        }

        await released.CancelAsync().ConfigureAwait(false);
        if (box is not null)
            await DisposeValueAsync(box.Value).ConfigureAwait(false);
    }

    private Task<T> LoadShared()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(state == LazyDependencyState.Released, this);
            if (loaded is { } box)
                return Task.FromResult(box.Value);
            if (loading is null)
            {
                state = LazyDependencyState.Loading;
                loading = Task.Run(LoadOnceAsync);

                // Its failure is logged and counted; that all who waited may have left does not make it unobserved.
                _ = loading.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            return loading;
        }
    }

    /// <summary>One load for all who wait: a try, and as many retries as the options allow.</summary>
    private async Task<T> LoadOnceAsync()
    {
        for (var retry = 1; ; retry++)
        {
            try
            {
                return await TryLoadAsync().ConfigureAwait(false);
            }
            catch (DependencyLoadException failure) when (retry <= options.Retries && !options.KeepFailure && !released.IsCancellationRequested)
            {
                var wait = new RestartPolicy { InitialDelay = options.RetryDelay }.DelayBefore(retry, chance: 0);
                AgentLog.DependencyRetries(logger, failure, agent.Name, Name, wait.TotalSeconds, retry, options.Retries);
                await Task.Delay(wait, agent.Time, released.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (released.IsCancellationRequested)
                    throw new DependencyLoadException(agent.Name, Name, "the agent stopped meanwhile", failure);
            }
            catch (DependencyLoadException failure)
            {
                GiveUp(failure);
                throw;
            }
        }
    }

    private async Task<T> TryLoadAsync()
    {
        var began = agent.Time.GetTimestamp();
        var memory = Environment.WorkingSet;
        using var over = new CancellationTokenSource(options.Timeout, agent.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, released.Token);
        var token = either.Token;
        var run = Task.Run(() => load(token).AsTask(), CancellationToken.None);
        try
        {
            var value = await run.WaitAsync(token).ConfigureAwait(false);
            Keep(value);
            agent.Metrics.DependencyLoaded(Name, agent.Time.GetElapsedTime(began), Environment.WorkingSet - memory);
            AgentLog.DependencyLoaded(logger, agent.Name, Name, agent.Time.GetElapsedTime(began).TotalSeconds);
            return value;
        }
#pragma warning disable CA1031 // Whatever a load throws becomes one exception that names agent and dependency.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = over.IsCancellationRequested && error is OperationCanceledException
                ? new DependencyLoadException(agent.Name, Name, $"the load took longer than {options.Timeout:c}")
                : released.IsCancellationRequested
                    ? new DependencyLoadException(agent.Name, Name, "the agent stopped meanwhile", error)
                    : new DependencyLoadException(agent.Name, Name, $"{error.GetType().Name}: {error.Message}", error);
            _ = run.ContinueWith(late => DisposeValueAsync(late.Result).AsTask(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            agent.Metrics.DependencyFailed(Name, agent.Time.GetElapsedTime(began), error);
            throw failure;
        }
    }

    private void Keep(T value)
    {
        lock (gate)
        {
            if (state == LazyDependencyState.Released)
                throw new OperationCanceledException("Released while loading.");
            loaded = new Box(value);
            loading = null;
            state = LazyDependencyState.Loaded;
        }

        onLoaded(this);
    }

    private void GiveUp(DependencyLoadException failure)
    {
        lock (gate)
        {
            // Whoever asks later is given the load that failed.
            if (!options.KeepFailure)
                loading = null;
            if (state == LazyDependencyState.Released)
                return;
            state = LazyDependencyState.Failed;
        }

        AgentLog.DependencyFailed(logger, failure, agent.Name, Name);
    }

    private async ValueTask DisposeValueAsync(T value)
    {
        try
        {
            if (!OwnsValue)
                return;
            if (value is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            else if (value is IDisposable disposable)
                disposable.Dispose();
        }
#pragma warning disable CA1031 // One dependency that cannot be released must not keep the others.
        catch (Exception error)
#pragma warning restore CA1031
        {
            AgentLog.ReleaseFailed(logger, error, agent.Name, Name);
        }
    }

    /// <summary>One reference, so that a value of any size is published at once.</summary>
    private sealed class Box(T value)
    {
        public readonly T Value = value;
    }
}
