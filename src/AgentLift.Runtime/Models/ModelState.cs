namespace AgentLift.Runtime;

/// <summary>Where a model stands.</summary>
public enum ModelState
{
    /// <summary>Not loaded.</summary>
    Unloaded = 0,

    /// <summary>Somebody waits for it, and there is no room yet.</summary>
    Queued = 1,

    /// <summary>A load is under way.</summary>
    Loading = 2,

    /// <summary>It may be used.</summary>
    Loaded = 3,

    /// <summary>It takes no new leases, and goes when the last ends.</summary>
    Draining = 4,

    /// <summary>Its memory is being given back.</summary>
    Unloading = 5,

    /// <summary>The last load failed; the next use loads again.</summary>
    Failed = 6,
}

/// <summary>A model as the administration shows it.</summary>
/// <param name="Manager">Its manager.</param>
/// <param name="Name">Its name within it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Device">Where it lies; <see langword="null"/> where it is not loaded.</param>
/// <param name="Precision">How its weights are kept; <see langword="null"/> where it is not loaded.</param>
/// <param name="Bytes">Bytes on the device: measured where it was loaded before, else estimated; <see langword="null"/> where nothing is known.</param>
/// <param name="Leases">Leases that have not ended, with those of versions before it and of all models that share its weights.</param>
/// <param name="Waiting">Callers that wait for it, or for another model that shares its weights.</param>
/// <param name="Pinned">Whether it is never evicted.</param>
/// <param name="Idle">How long nobody has used it; <see langword="null"/> where it is not loaded or is in use.</param>
/// <param name="LastError">Why the last load failed; <see langword="null"/> where it did not.</param>
/// <param name="SharedWith">
/// The model that declared the same weights before, as <c>MANAGER/MODEL</c>: what is summed up over models counts there. <see langword="null"/> where the model was the
/// first, or shares nothing.
/// </param>
public sealed record ModelStatus(
    string Manager,
    string Name,
    ModelState State,
    ModelDevice? Device,
    ModelPrecision? Precision,
    long? Bytes,
    int Leases,
    int Waiting,
    bool Pinned,
    TimeSpan? Idle,
    string? LastError,
    string? SharedWith = null);

/// <summary>A device as the administration shows it.</summary>
/// <param name="Device">The device.</param>
/// <param name="BudgetBytes">Bytes that models may take.</param>
/// <param name="LoadedBytes">Bytes of the models on it, measured.</param>
/// <param name="ReservedBytes">Bytes held for loads under way.</param>
public sealed record ModelDeviceStatus(ModelDevice Device, long BudgetBytes, long LoadedBytes, long ReservedBytes);
