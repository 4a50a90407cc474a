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
        catch
        {
            await loader.UnloadAsync(loaded.Model).ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask UnloadAsync(T model) => loader.UnloadAsync(model);

    public TResult Run<TState, TResult>(T model, TState state, Func<T, TState, TResult> body) => loader.Run(model, state, body);

    public ModelFailureKind Classify(Exception exception) => loader.Classify(exception);
}
