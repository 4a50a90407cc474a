using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Models;

/// <summary>Turns what the scheduler does into logs and metrics.</summary>
internal sealed class SchedulerReport(ILogger logger, ModelMetrics metrics) : ISchedulerEvents
{
    // An estimate that is wrong by more makes models wait for room that there is, or go for room that is not needed.
    private const double FarOff = 1.5;

    public void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion)
    {
        var slot = load.Slot;
        metrics.LoadEnded(slot.Manager, slot.Name, load.Device, duration, null);
        ModelLog.Loaded(logger, slot.Manager, slot.Name, load.Device, load.Precision, duration.TotalSeconds, resident.Bytes);
        if (resident.Bytes > load.Bytes * FarOff || resident.Bytes * FarOff < load.Bytes)
            ModelLog.EstimateFarOff(logger, slot.Manager, slot.Name, resident.Bytes, load.Bytes);
        if (isNewVersion)
            ModelLog.Reloaded(logger, slot.Manager, slot.Name, load.Device);
    }

    public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration, bool keepsVersion)
    {
        var slot = load.Slot;
        metrics.LoadEnded(slot.Manager, slot.Name, load.Device, duration, error);
        if (load.IsOverdue)
            ModelLog.LoadTimedOut(logger, slot.Manager, slot.Name, load.Device, duration.TotalSeconds);
        else if (error.Kind == ModelFailureKind.LibraryMissing)
            ModelLog.LibraryMissing(logger, error, slot.Manager, slot.Name);
        else if (keepsVersion)
            ModelLog.ReloadFailed(logger, error, slot.Manager, slot.Name);
        else
            ModelLog.LoadFailed(logger, error, slot.Manager, slot.Name, load.Device);
    }

    public void Refused(ModelSlot slot, ModelLoadException error, bool keepsVersion)
    {
        if (keepsVersion)
            ModelLog.ReloadFailed(logger, error, slot.Manager, slot.Name);
        else
            ModelLog.Refused(logger, error, slot.Manager, slot.Name);
    }

    public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next)
    {
        var slot = load.Slot;
        metrics.OutOfMemory(slot.Manager, slot.Name, load.Device);
        switch (next)
        {
            case OutOfMemoryRecovery.Evict:
                ModelLog.OutOfMemoryMakesRoom(logger, error, slot.Manager, slot.Name, load.Device, load.Bytes);
                break;
            case OutOfMemoryRecovery.Pause or OutOfMemoryRecovery.OtherDevice or OutOfMemoryRecovery.WaitForOthers:
                ModelLog.OutOfMemoryTriesAgain(logger, error, slot.Manager, slot.Name, load.Device);
                break;
        }
    }

    public void FellBack(ModelSlot slot, LoadRung from, LoadRung to, long bytes, Exception? error) =>
        ModelLog.FellBack(logger, error, slot.Manager, slot.Name, bytes, string.Join(", ", from.Ledgers.Select(ledger => ledger.Device)), to.Fallback);

    public void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving)
    {
        metrics.OutOfMemory(slot.Manager, slot.Name, device);
        ModelLog.RunOutOfMemory(logger, error, slot.Manager, slot.Name, device, leaving);
    }

    public void OverBudget(ResidentModel resident, long taken, long limit) =>
        ModelLog.OverBudget(logger, resident.Slot.Manager, resident.Slot.Name, resident.Device, taken, limit);

    public void Left(ResidentModel resident, TimeSpan idle)
    {
        var slot = resident.Slot;
        metrics.Evicted(slot.Manager, slot.Name, resident.Device, resident.Reason);
        ModelLog.Evicted(logger, slot.Manager, slot.Name, resident.Device, resident.Reason, idle.TotalSeconds, resident.Bytes);
    }

    public void ReleaseFailed(ModelSlot slot, ModelDevice device, long bytes, Exception error) => ModelLog.ReleaseFailed(logger, error, slot.Manager, slot.Name, device, bytes);

    public void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error) => metrics.WaitEnded(slot.Manager, slot.Name, duration, error);

    public void RoomTimedOut(ModelSlot slot, int callers) =>
        ModelLog.QueueTimedOut(logger, slot.Manager, slot.Name, callers, slot.Scheduler.Options.QueueTimeout.TotalSeconds);
}
