using AgentLift.Runtime.Models;

namespace AgentLift.Runtime;

/// <summary>A model of a manager, loaded or not. It is loaded when it is first acquired.</summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class ModelHandle<T>
    where T : class
{
    private readonly ModelSlot<T> slot;

    internal ModelHandle(ModelDefinition definition, ModelSlot<T> slot)
    {
        Definition = definition;
        this.slot = slot;
    }

    /// <summary>The model's name within its manager.</summary>
    public string Name => Definition.Name;

    /// <summary>What the manager knows of it, with the settings of the configuration.</summary>
    public ModelDefinition Definition { get; }

    /// <summary>Where it stands.</summary>
    public ModelState State => slot.State;

    /// <summary>Leases the model, and loads it first if need be. Who asks while it is loaded shares the load.</summary>
    /// <param name="cancellationToken">Ends this caller's wait. A load under way goes on.</param>
    /// <returns>The lease, to be disposed of. Whatever goes wrong fails the task; nothing is thrown at once.</returns>
    /// <exception cref="ModelLoadException">The load failed, or there was no room within <see cref="ModelSchedulingOptions.QueueTimeout"/>.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public ValueTask<ModelLease<T>> AcquireAsync(CancellationToken cancellationToken = default) => slot.AcquireAsync(cancellationToken);

    /// <summary>Leases the model where it is loaded.</summary>
    /// <param name="lease">The lease, to be disposed of.</param>
    /// <returns>Whether it is loaded.</returns>
    public bool TryAcquire(out ModelLease<T> lease) => slot.TryAcquire(out lease);

    /// <summary>
    /// Acquires the model, runs code over it on one thread, and releases it. Where the device has no memory for what the code computes, models that nobody uses
    /// go, and the code is run once more.
    /// </summary>
    /// <typeparam name="TResult">What the code gives.</typeparam>
    /// <param name="body">The code. It may run twice, the first time in part. What it gives must not depend on the model.</param>
    /// <param name="cancellationToken">Ends the wait for the model, and for room; it does not reach the code.</param>
    /// <exception cref="ModelLoadException">The load failed, or there was no room within <see cref="ModelSchedulingOptions.QueueTimeout"/>.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    public async ValueTask<TResult> RunAsync<TResult>(Func<T, TResult> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        using var lease = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return lease.Run(body);
        }
        catch (Exception error) when (slot.Classify(error) == ModelFailureKind.OutOfMemory)
        {
            if (!await slot.Scheduler.TryMakeRoomAsync(slot, lease.Device, error, cancellationToken).ConfigureAwait(false))
                throw;
        }

        return lease.Run(body);
    }
}
