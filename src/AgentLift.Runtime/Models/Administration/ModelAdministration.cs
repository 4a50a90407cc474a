namespace AgentLift.Runtime.Models.Administration;

/// <summary>The models of the process, by the names of their managers and their own.</summary>
internal sealed class ModelAdministration(ModelPool pool) : IModelAdministration
{
    public IReadOnlyList<ModelStatus> Models() => pool.Models();

    public IReadOnlyList<ModelDeviceStatus> Devices() => pool.Devices();

    public Task LoadAsync(string manager, string model, CancellationToken cancellationToken) =>
        pool.Scheduler.LoadAsync(Find(manager, model), newVersion: false, cancellationToken);

    public Task UnloadAsync(string manager, string model, CancellationToken cancellationToken) => pool.Scheduler.UnloadAsync(Find(manager, model), cancellationToken);

    public Task ReloadAsync(string manager, string model, CancellationToken cancellationToken) =>
        pool.Scheduler.LoadAsync(Find(manager, model), newVersion: true, cancellationToken);

    public Task PinAsync(string manager, string model, CancellationToken cancellationToken) => pool.Scheduler.PinAsync(Find(manager, model), cancellationToken);

    public void Unpin(string manager, string model) => pool.Scheduler.Unpin(Find(manager, model));

    private ModelSlot Find(string manager, string model) => pool.Find(manager)!.Find(model);
}
