namespace AgentLift.Runtime.Models;

/// <summary>Keeps what a log or a listener of metrics throws from the scheduler, which is in the middle of a change when it tells of it.</summary>
internal sealed class GuardedEvents(ISchedulerEvents events) : ISchedulerEvents
{
    public void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion) => Tell(() => events.Loaded(load, resident, duration, isNewVersion));

    public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration) => Tell(() => events.LoadFailed(load, error, duration));

    public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next) => Tell(() => events.OutOfMemory(load, error, next));

    public void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving) => Tell(() => events.RunOutOfMemory(slot, device, error, leaving));

    public void OverBudget(ResidentModel resident) => Tell(() => events.OverBudget(resident));

    public void Leaves(ResidentModel resident, TimeSpan idle) => Tell(() => events.Leaves(resident, idle));

    public void ReleaseFailed(ResidentModel resident, Exception error) => Tell(() => events.ReleaseFailed(resident, error));

    public void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error) => Tell(() => events.WaitEnded(slot, duration, error));

    public void RoomTimedOut(ModelSlot slot, int callers) => Tell(() => events.RoomTimedOut(slot, callers));

    private static void Tell(Action tell)
    {
        try
        {
            tell();
        }
#pragma warning disable CA1031 // There is nobody left to tell that telling failed.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
