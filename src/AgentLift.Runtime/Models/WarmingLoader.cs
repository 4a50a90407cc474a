namespace AgentLift.Runtime.Models;

/// <summary>Runs each model once after it was loaded. Where that fails, the model is given back and the load has failed.</summary>
internal sealed class WarmingLoader<T>(IModelLoader<T> loader, Action<T, ModelLoadRequest> warmUp) : IModelLoader<T>
    where T : class
{
    /// <summary>The type of the loader that loads.</summary>
    public Type Inner => loader.GetType();

    public async ValueTask<LoadedModel<T>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
    {
        var loaded = await loader.LoadAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            loader.Run(loaded.Model, (warmUp, request), static (model, run) =>
            {
                run.warmUp(model, run.request);
                return true;
            });
            return loaded;
        }
        catch (Exception error)
        {
            try
            {
                await loader.UnloadAsync(loaded.Model).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What the run threw decides what is done next, such as a fall-back: it must not be hidden by what its release threw.
            catch (Exception release)
#pragma warning restore CA1031
            {
                throw new UnreleasedModelException(error, release, loaded.Bytes);
            }

            throw;
        }
    }

    public ValueTask UnloadAsync(T model) => loader.UnloadAsync(model);

    public TResult Run<TState, TResult>(T model, TState state, Func<T, TState, TResult> body) => loader.Run(model, state, body);

    public ModelFailureKind Classify(Exception exception) => loader.Classify(exception);
}

/// <summary>A load failed after the model was on its device, and the model could not be given back either.</summary>
/// <param name="failure">Why the load failed.</param>
/// <param name="release">Why the model could not be given back.</param>
/// <param name="bytes">What it takes on its device.</param>
internal sealed class UnreleasedModelException(Exception failure, Exception release, long bytes) : Exception(failure.Message, failure)
{
    public Exception Failure => InnerException!;

    public Exception Release => release;

    public long Bytes => bytes;
}
