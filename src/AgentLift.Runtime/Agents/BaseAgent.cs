using AgentLift.Runtime.Dependencies;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Operations;
using AgentLift.Runtime.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>
/// A long-running worker on the Generic Host. It starts, runs supervised loops, drains and stops within limits
/// (<see cref="AgentOptions"/>), answers for its health, and never fails in silence.
/// </summary>
/// <remarks>Start once: an agent that has stopped or failed does not start again.</remarks>
public abstract partial class BaseAgent : IHostedLifecycleService, IAsyncDisposable
{
#pragma warning disable CA1051 // Source-generated log methods look for a field of this type, also in a base class, and see no property.
    /// <summary>The agent's log.</summary>
    protected readonly ILogger Logger;
#pragma warning restore CA1051

    private readonly OperationGate operations = new();
    private readonly LoopSet loops;
    private readonly DependencySet dependencies = new();
    private volatile AgentState state;

    /// <summary>Takes the context that the host made for this agent.</summary>
    /// <param name="context">Name, options, logs, metrics and time.</param>
    protected BaseAgent(AgentContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
        Logger = context.LoggerFactory.CreateLogger(GetType());
        loops = new LoopSet(context, Logger, LoopExhausted);
        DeclareDependencies();
    }

    /// <summary>The agent's name in configuration, logs and metrics.</summary>
    public string Name => Context.Name;

    /// <summary>Where the agent stands in its life.</summary>
    public AgentState State => state;

    /// <summary>The supervised loops in the order in which they were given, without those that have completed.</summary>
    public IReadOnlyList<SupervisedLoop> Loops => loops.All;

    /// <summary>Operations under way.</summary>
    public int ActiveOperations => operations.Inside;

    /// <summary>The failure that ended the agent, or <see langword="null"/>.</summary>
    public AgentFailedException? Failure { get; private set; }

    /// <summary>What the host gave this agent.</summary>
    protected AgentContext Context { get; }

    /// <summary>Sets the agent up: opens what it owns, gives its loops. An exception fails the agent.</summary>
    /// <param name="cancellationToken">Cancelled when <see cref="AgentOptions.StartTimeout"/> is over or the host gives up.</param>
    protected virtual ValueTask OnStartingAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called once the agent runs and before the agents that depend on it start.</summary>
    /// <param name="cancellationToken">Cancelled when <see cref="AgentOptions.StartTimeout"/> is over or the host gives up.</param>
    protected virtual ValueTask OnStartedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called when the agent begins to drain: no new operation begins, loops still run. The place for a last flush.</summary>
    /// <param name="cancellationToken">Cancelled when <see cref="AgentOptions.DrainTimeout"/> is over.</param>
    protected virtual ValueTask OnDrainingAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called when all loops have ended. The place to close what the agent opened.</summary>
    /// <param name="cancellationToken">Cancelled when <see cref="AgentOptions.StopTimeout"/> is over.</param>
    protected virtual ValueTask OnStoppedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The agent's own word on its health. State, loops and failures are judged by the runtime; this adds what only the agent knows.</summary>
    /// <param name="context">The registration that asks.</param>
    /// <param name="cancellationToken">Cancelled when the check takes too long.</param>
    protected virtual ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(HealthCheckResult.Healthy());

    /// <summary>Runs a loop for as long as the agent runs. An exception is logged, counted, shown in health, and answered by the restart policy.</summary>
    /// <param name="name">The loop's name within the agent, such as <c>accept</c>.</param>
    /// <param name="body">The loop. It returns or throws <see cref="OperationCanceledException"/> when its token is cancelled.</param>
    /// <param name="policy">When it starts again; <see cref="RestartPolicy.Default"/> where <see langword="null"/>.</param>
    /// <returns>The loop. Given before the agent starts, it begins when the agent does.</returns>
    protected SupervisedLoop RunSupervised(string name, Func<CancellationToken, Task> body, RestartPolicy? policy = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(body);
        return loops.Add(name, body, policy ?? RestartPolicy.Default);
    }

    /// <summary>Runs work again and again: at once or after a first wait, then each time <paramref name="period"/> has passed since the last round ended.</summary>
    /// <param name="name">The loop's name within the agent.</param>
    /// <param name="period">The pause between two rounds, more than 0.</param>
    /// <param name="body">One round. An exception is treated as in <see cref="RunSupervised"/>; the next round follows the restart.</param>
    /// <param name="firstAfter">The wait before the first round; none where <see langword="null"/>. It is waited again after a restart.</param>
    /// <returns>The loop.</returns>
    protected SupervisedLoop RunPeriodically(string name, TimeSpan period, Func<CancellationToken, Task> body, TimeSpan? firstAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(body);
        return RunSupervised(name, RoundsAsync);

        async Task RoundsAsync(CancellationToken stop)
        {
            if (firstAfter is { } wait)
                await Task.Delay(wait, Context.Time, stop).ConfigureAwait(false);
            while (true)
            {
                await body(stop).ConfigureAwait(false);
                await Task.Delay(period, Context.Time, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs a blocking loop on a thread of its own: for code that must stay on one thread, such as a GPU context.</summary>
    /// <param name="name">The loop's name within the agent, and the thread's.</param>
    /// <param name="body">The loop. It returns when its token is cancelled.</param>
    /// <param name="policy">When it starts again, each time on a new thread; <see cref="RestartPolicy.Default"/> where <see langword="null"/>.</param>
    /// <returns>The loop.</returns>
    protected SupervisedLoop RunOnThread(string name, Action<CancellationToken> body, RestartPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunSupervised(name, stop => DedicatedThread.RunAsync($"{Name}/{name}", () => body(stop)), policy);
    }

    /// <summary>Makes a bounded queue and the loops that work it off. What it holds when the agent drains is worked off first.</summary>
    /// <typeparam name="T">A work item.</typeparam>
    /// <param name="name">The queue's name within the agent.</param>
    /// <param name="capacity">The most items that wait, 1 or more; who adds to a full queue waits.</param>
    /// <param name="handler">Works off one item. An exception is logged and counted, and the queue goes on.</param>
    /// <param name="workers">Items worked off at the same time, 1 or more.</param>
    /// <returns>The queue.</returns>
    protected WorkQueue<T> RunQueue<T>(string name, int capacity, Func<T, CancellationToken, Task> handler, int workers = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentNullException.ThrowIfNull(handler);
        var queue = new WorkQueue<T>(name, capacity, handler, Context, Logger, operations);
        for (var worker = 1; worker <= workers; worker++)
            RunSupervised(workers == 1 ? name : $"{name} {worker}", queue.WorkAsync);
        return queue;
    }

    /// <summary>
    /// Declares the lazy dependencies of a class. It is called once, by the constructor of <see cref="BaseAgent"/>: when constructors of derived classes run, they are there.
    /// <see cref="LazyDependencyAttribute"/> members are declared in a generated override; by hand, declare them in a constructor.
    /// </summary>
    /// <remarks>An override calls its base first. It may assign fields that have no initialiser, and read nothing else: no constructor of a derived class has run.</remarks>
    protected virtual void DeclareDependencies()
    {
    }

    /// <summary>Declares a heavy dependency. It is loaded on first use or in the background, shared by all who ask, and released when the agent has stopped.</summary>
    /// <typeparam name="T">What is loaded.</typeparam>
    /// <param name="name">The dependency's name within the agent.</param>
    /// <param name="load">Loads it, on a thread of the pool. An exception is not kept: the next use loads again.</param>
    /// <param name="options">Time-out and warm-up; <see cref="LazyDependencyOptions.Default"/> where <see langword="null"/>.</param>
    /// <returns>The dependency, to be kept in a field.</returns>
    /// <exception cref="ArgumentException">The agent has a dependency of that name.</exception>
    protected LazyDependency<T> DeclareDependency<T>(string name, Func<CancellationToken, ValueTask<T>> load, LazyDependencyOptions? options = null)
        where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(load);
        var dependency = new LazyDependency<T>(name, Context, Logger, load, options ?? LazyDependencyOptions.Default, dependencies.Loaded);
        dependencies.Add(dependency);
        return dependency;
    }

    /// <summary>
    /// Declares a registered service as a heavy dependency: it is not made with the agent but on first use or in the background, and belongs to the container,
    /// which disposes of it. For singletons: it is resolved once, from the host's own services.
    /// </summary>
    /// <typeparam name="T">The service.</typeparam>
    /// <param name="name">The dependency's name within the agent.</param>
    /// <param name="options">Time-out and warm-up; <see cref="LazyDependencyOptions.Default"/> where <see langword="null"/>.</param>
    /// <returns>The dependency, to be kept in a field. A load fails where the service is not registered, and without a host.</returns>
    /// <exception cref="ArgumentException">The agent has a dependency of that name.</exception>
    protected LazyDependency<T> DeclareServiceDependency<T>(string name, LazyDependencyOptions? options = null)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var dependency = new LazyDependency<T>(name, Context, Logger, _ => new(Resolve()), options ?? LazyDependencyOptions.Default, dependencies.Loaded) { OwnsValue = false };
        dependencies.Add(dependency);
        return dependency;

        T Resolve() => (Context.Services ?? throw new InvalidOperationException($"There is no host that has the service {typeof(T)}.")).GetRequiredService<T>();
    }

    /// <summary>Loads heavy dependencies now: all, or those named.</summary>
    /// <param name="cancellationToken">Ends the wait; loads under way go on.</param>
    /// <param name="names">Names of dependencies; none for all.</param>
    /// <exception cref="DependencyLoadException">A load failed or took too long.</exception>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    protected Task EnsureDependenciesLoadedAsync(CancellationToken cancellationToken, params IReadOnlyCollection<string> names) =>
        dependencies.LoadAsync(names, cancellationToken);

    /// <summary>Begins an operation: it is counted and timed, and a stop waits for it.</summary>
    /// <param name="name">What is done. Use few different names: each is a series of metrics.</param>
    /// <returns>The operation, to be disposed when it ends.</returns>
    /// <exception cref="AgentDrainingException">The agent drains or has stopped.</exception>
    protected AgentOperation BeginOperation(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return operations.TryEnter() ? new AgentOperation(name, Context, operations) : throw new AgentDrainingException(Name, name);
    }

    /// <summary>
    /// Asks the host to stop, in place of <see cref="Environment.Exit"/>: all agents of the process drain and stop, and it ends. Returns at once; what runs goes
    /// on until its token is cancelled. Without a host (<see cref="AgentContext.Standalone"/>) nothing happens.
    /// </summary>
    /// <param name="exitCode">The exit code of the process, 0 for success. The last one asked for counts.</param>
    protected void RequestStop(int exitCode = 0) => Context.Failures.EndProcess(exitCode);

    /// <summary>
    /// Stops the agent if nobody has, and releases what it owns. One that is <see cref="IDisposable"/> itself and was never started is disposed of as well: who
    /// runs it past the runtime is told of no stop, and a container asks for no more than this.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await ShutDownAsync(CancellationToken.None).ConfigureAwait(false);
        if (!wasStarted && Interlocked.Exchange(ref disposed, 1) == 0 && this is IDisposable own)
            own.Dispose();
        loops.Dispose();
        GC.SuppressFinalize(this);
    }

    internal IReadOnlyList<ILazyDependency> Dependencies => dependencies.All;

    internal long Failures => Context.Metrics.Failures;

    internal IList<string> DependsOn => Context.Options.DependsOn;

    internal ValueTask<HealthCheckResult> AskHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        CheckHealthAsync(context, cancellationToken);

    internal void CountHealthFailure(Exception error) => Context.Metrics.HealthCheckFailed(error);

    private void LoopExhausted(SupervisedLoop loop, RestartPolicy policy, Exception? error)
    {
        switch (policy.WhenExhausted)
        {
            case RestartEscalation.Degrade:
                AgentLog.LoopDegrades(Logger, error, Name, loop.Name);
                return;
            case RestartEscalation.Report:
                AgentLog.WorkFailed(Logger, error, Name, loop.Name);
                return;
        }

        var restarts = policy.Mode == RestartMode.Never ? "it is not to restart" : $"it used up {policy.MaxRestarts} restarts within {policy.Window:c}";
        Fail($"loop {loop.Name}", $"{restarts}; the last run {(error is null ? "ended by itself" : "threw " + error.GetType().Name + ": " + error.Message)}", error);
    }
}
