namespace AgentLift.Runtime;

/// <summary>
/// Loads, runs and releases models of one kind. The scheduler decides when and where; it never loads one model twice at a time, and never releases
/// a model that somebody uses.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public interface IModelLoader<T>
    where T : class
{
    /// <summary>Loads a model. Called on a thread of the pool, which it may block.</summary>
    /// <param name="request">What to load, and where to.</param>
    /// <param name="cancellationToken">Cancelled when the load takes too long or the process stops. What is delivered all the same is kept, or released where the process stops.</param>
    /// <returns>The model, and the bytes that its weights take on the device.</returns>
    ValueTask<LoadedModel<T>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken);

    /// <summary>Gives the memory of a model back. Called once for each model that was loaded, when nobody uses it, on a thread of the pool.</summary>
    /// <param name="model">The model.</param>
    ValueTask UnloadAsync(T model);

    /// <summary>Runs code over a model, from begin to end on the calling thread: the place for a mode that belongs to a thread.</summary>
    /// <typeparam name="TState">What the code needs besides.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">What the code needs besides.</param>
    /// <param name="body">The code.</param>
    TResult Run<TState, TResult>(T model, TState state, Func<T, TState, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body(model, state);
    }

    /// <summary>What a failed load or run means.</summary>
    /// <param name="exception">What was thrown.</param>
    ModelFailureKind Classify(Exception exception) => exception is OutOfMemoryException ? ModelFailureKind.OutOfMemory : ModelFailureKind.Other;
}

/// <summary>What is loaded.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="Model">The model.</param>
/// <param name="Bytes">Bytes that its weights take on the device, 0 or more.</param>
public readonly record struct LoadedModel<T>(T Model, long Bytes)
    where T : class;

/// <summary>What to load, and where to.</summary>
/// <param name="Manager">The manager that asks.</param>
/// <param name="Model">The model's name within it.</param>
/// <param name="Path">The full path of its file, or <see langword="null"/>.</param>
/// <param name="Device">Where to.</param>
/// <param name="Precision">How its weights are to be kept.</param>
/// <param name="ExpectedBytes">Bytes that the scheduler holds free for it.</param>
public sealed record ModelLoadRequest(string Manager, string Model, string? Path, ModelDevice Device, ModelPrecision Precision, long ExpectedBytes);

/// <summary>What a failure of a loader means.</summary>
public enum ModelFailureKind
{
    /// <summary>The model cannot be loaded; the next use tries again.</summary>
    Other = 0,

    /// <summary>The device has no memory: other models make room, and <see cref="ModelDefinition.Fallback"/> is tried.</summary>
    OutOfMemory = 1,

    /// <summary>The native library is missing or broken: no model of this loader can be loaded in this process.</summary>
    LibraryMissing = 2,
}
