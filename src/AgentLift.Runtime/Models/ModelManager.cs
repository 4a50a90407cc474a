using AgentLift.Runtime.Models;

namespace AgentLift.Runtime;

/// <summary>
/// Models that are loaded on first use and share the memory of their devices with those of other managers. Derived classes are generated from
/// <see cref="ModelManagerAttribute"/>, or written by hand with <see cref="Declare{T}"/>.
/// </summary>
/// <remarks>
/// That there is no model of a name is thrown at once, also by methods that give a task. All else that goes wrong fails the task.
/// </remarks>
public abstract class ModelManager : IAsyncDisposable
{
    private readonly ModelManagerContext context;

    /// <summary>Makes a manager. Nothing is loaded.</summary>
    /// <param name="context">What the host gives it.</param>
    protected ModelManager(ModelManagerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        DeclareModels();
    }

    /// <summary>The manager's name in configuration, logs and metrics.</summary>
    public string Name => context.Name;

    /// <summary>Where each model stands, in the order of their declaration.</summary>
    public IReadOnlyList<ModelStatus> Models => context.Status();

    private ModelScheduler Scheduler => context.Pool.Scheduler;

    /// <summary>Loads a model now, if it is not loaded. It may be evicted afterwards.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="ModelLoadException">The load failed, or there was no room within <see cref="ModelSchedulingOptions.QueueTimeout"/>.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public Task LoadAsync(string model, CancellationToken cancellationToken = default) => Scheduler.LoadAsync(context.Find(model), newVersion: false, cancellationToken);

    /// <summary>Takes no new leases of a model, waits until those under way have ended, and gives its memory back. The next use loads it again.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="cancellationToken">Ends the wait; the model goes all the same.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="InvalidOperationException">The model is pinned, or being loaded.</exception>
    /// <exception cref="ModelReleaseException">Its memory could not be given back, and counts as taken until the process ends.</exception>
    public Task UnloadAsync(string model, CancellationToken cancellationToken = default) => Scheduler.UnloadAsync(context.Find(model), cancellationToken);

    /// <summary>Loads the model from its file again, beside the version in use, and goes over to it. Where that fails, the version in use stays.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="cancellationToken">Ends the wait; the load goes on.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="ModelLoadException">The new version could not be loaded, or there was no room for it within <see cref="ModelSchedulingOptions.QueueTimeout"/>.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public Task ReloadAsync(string model, CancellationToken cancellationToken = default) => Scheduler.LoadAsync(context.Find(model), newVersion: true, cancellationToken);

    /// <summary>Loads a model and never evicts it.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="cancellationToken">Ends the wait; the model stays pinned.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="ModelLoadException">The load failed, or there was no room within <see cref="ModelSchedulingOptions.QueueTimeout"/>; the model stays pinned.</exception>
    /// <exception cref="InvalidOperationException">The devices have no room for it beside the other pinned models; it is not pinned.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already; the model stays pinned.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public Task PinAsync(string model, CancellationToken cancellationToken = default) => Scheduler.PinAsync(context.Find(model), cancellationToken);

    /// <summary>Lets a model be evicted again.</summary>
    /// <param name="model">The model's name.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public void Unpin(string model) => Scheduler.Unpin(context.Find(model));

    /// <summary>Declares the models of the class. It is called once, by the constructor of <see cref="ModelManager"/>; the override is generated.</summary>
    /// <remarks>An override calls its base first. It may assign fields that have no initialiser, and read nothing else: no constructor of a derived class has run.</remarks>
    protected virtual void DeclareModels()
    {
    }

    /// <summary>Declares a model.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="definition">What is known of it.</param>
    /// <param name="loader">Loads it.</param>
    /// <param name="warmUp">Runs it once after each load and before its first lease, as <see cref="IModelLoader{T}.Run"/> does; <see langword="null"/> for nothing. Where it fails, the load has failed.</param>
    /// <returns>The model, to be kept in a field.</returns>
    /// <exception cref="ArgumentException">There is a model of that name, or a value is out of range.</exception>
    protected ModelHandle<T> Declare<T>(ModelDefinition definition, IModelLoader<T> loader, Action<T, ModelLoadRequest>? warmUp = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(loader);
        return context.Declare(definition, warmUp is null ? loader : new WarmingLoader<T>(loader, warmUp));
    }

    /// <summary>Releases what <see cref="ModelManagerContext.Standalone"/> made for this manager; models of a host are released when it stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.ReleaseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
