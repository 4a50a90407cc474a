using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Models;

/// <summary>
/// Makes the managers of a process and checks their models before the first agent starts, loads what is to be there at once, and gives all memory back after the last
/// agent has stopped.
/// </summary>
#pragma warning disable CA1001 // The token source has neither timer nor wait handle, so there is nothing to dispose.
internal sealed class ModelManagersService(IEnumerable<ModelManagerRegistration> registrations, ModelPool pool, IServiceProvider services) : IHostedLifecycleService
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource stopping = new();
    private Task warmup = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var registration in registrations)
        {
            try
            {
                registration.Resolve(services);
            }
            catch (ArgumentException error)
            {
                failures.Add(error.ParamName is null ? error.Message : error.Message[..error.Message.LastIndexOf(" (Parameter", StringComparison.Ordinal)]);
            }
        }

        failures.AddRange(ModelStartCheck.Failures(pool));
        if (failures.Count > 0)
            throw new OptionsValidationException(ModelSchedulingOptions.Section, typeof(ModelSchedulingOptions), failures);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        warmup = Task.Run(WarmUpAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await warmup.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await pool.Scheduler.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing is made warm any more once agents drain.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => stopping.CancelAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads pinned models together, the largest first as they were found to have room, then one after the other what is to be warm. A failure is told by the scheduler, and the next use tries again.</summary>
    private async Task WarmUpAsync()
    {
        var models = pool.Managers.SelectMany(manager => manager.Models).ToList();
        var pinned = models.Select(model => model.Slot).Where(slot => slot.Pinned).Distinct().OrderByDescending(slot => slot.Size.In(slot.Definition.Precision));
        await Task.WhenAll(pinned.Select(TryLoadAsync)).ConfigureAwait(false);

        // Of models that share weights, one that is to be warm is enough.
        foreach (var slot in models.Where(model => model is { Slot.Pinned: false, Definition.Warmup: LazyWarmup.AfterReady }).Select(model => model.Slot).Distinct())
            await TryLoadAsync(slot).ConfigureAwait(false);
    }

    private async Task TryLoadAsync(ModelSlot slot)
    {
        try
        {
            await pool.Scheduler.LoadAsync(slot, newVersion: false, stopping.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ModelLoadException or OperationCanceledException or ObjectDisposedException or ModelQueueFullException)
        {
            // Told where it failed; an agent that needs the model tries again.
        }
    }
}
