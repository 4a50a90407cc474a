namespace AgentLift.Runtime.Models.Administration;

/// <summary>What may be seen and done from outside. Names are compared as they are; they are always those of a model of <see cref="Models"/>.</summary>
internal interface IModelAdministration
{
    /// <summary>Where each model of each manager stands, in an order that does not change.</summary>
    IReadOnlyList<ModelStatus> Models();

    /// <summary>Where each device stands, in an order that does not change.</summary>
    IReadOnlyList<ModelDeviceStatus> Devices();

    /// <summary>Loads a model now, if it is not loaded.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelLoadException">The load failed.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    Task LoadAsync(string manager, string model, CancellationToken cancellationToken);

    /// <summary>Takes no new leases of a model, waits until those under way have ended, and gives its memory back. The next use loads it again.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="cancellationToken">Ends the wait; the model goes all the same.</param>
    /// <exception cref="InvalidOperationException">It cannot be now, such as of a model that is pinned; the message says why.</exception>
    /// <exception cref="ModelReleaseException">Its memory could not be given back.</exception>
    Task UnloadAsync(string manager, string model, CancellationToken cancellationToken);

    /// <summary>Loads a model from its file again, beside the version in use, and goes over to it.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="cancellationToken">Ends the wait; the load goes on.</param>
    /// <exception cref="ModelLoadException">The new version could not be loaded; the version in use stays.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    Task ReloadAsync(string manager, string model, CancellationToken cancellationToken);

    /// <summary>Loads a model and never evicts it.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="cancellationToken">Ends the wait; the model stays pinned.</param>
    /// <exception cref="ModelLoadException">The load failed; the model stays pinned.</exception>
    /// <exception cref="InvalidOperationException">The devices have no room for it beside the other pinned models.</exception>
    /// <exception cref="ModelQueueFullException">Too many wait already.</exception>
    /// <exception cref="ObjectDisposedException">The process stops.</exception>
    Task PinAsync(string manager, string model, CancellationToken cancellationToken);

    /// <summary>Lets a model be evicted again.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    void Unpin(string manager, string model);
}
