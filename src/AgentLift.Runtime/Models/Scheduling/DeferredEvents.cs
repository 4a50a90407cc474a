using System.Collections.Concurrent;

namespace AgentLift.Runtime.Models;

/// <summary>
/// Keeps what has happened until the scheduler's lock has been let go, and tells it then, in the order in which it happened and by one thread at a time. A log that is
/// slow, or calls back, keeps nobody from the models; what it throws stays here.
/// </summary>
internal sealed class DeferredEvents(ISchedulerEvents events) : ISchedulerEvents
{
    private readonly ConcurrentQueue<Action> untold = new();
    private volatile int hasUntold;
    private int telling;

    /// <summary>Tells what has not been told; called without the lock. Where another thread is about it, that one tells this too.</summary>
    public void Tell()
    {
        while (hasUntold != 0 && Interlocked.CompareExchange(ref telling, 1, 0) == 0)
        {
            // Before the queue is read: what comes later sets it again. Both exchanges are fences, so that nothing is left to a thread that has looked already.
            Interlocked.Exchange(ref hasUntold, 0);
            while (untold.TryDequeue(out var tell))
                Guard(tell);
            Interlocked.Exchange(ref telling, 0);
        }
    }

    /// <summary>Completes when all that has happened so far has been told, by whichever thread is about it.</summary>
    public Task ToldAsync()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Later(told.SetResult);
        Tell();
        return told.Task;
    }

    public void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion) => Later(() => events.Loaded(load, resident, duration, isNewVersion));

    public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration, bool keepsVersion) => Later(() => events.LoadFailed(load, error, duration, keepsVersion));

    public void Refused(ModelSlot slot, ModelLoadException error, bool keepsVersion) => Later(() => events.Refused(slot, error, keepsVersion));

    public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next) => Later(() => events.OutOfMemory(load, error, next));

    public void FellBack(ModelSlot slot, LoadRung from, LoadRung to, long bytes, Exception? error) => Later(() => events.FellBack(slot, from, to, bytes, error));

    public void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving) => Later(() => events.RunOutOfMemory(slot, device, error, leaving));

    public void OverBudget(ResidentModel resident, long taken, long limit) => Later(() => events.OverBudget(resident, taken, limit));

    public void Left(ResidentModel resident, TimeSpan idle) => Later(() => events.Left(resident, idle));

    public void ReleaseFailed(ModelSlot slot, ModelDevice device, long bytes, Exception error) => Later(() => events.ReleaseFailed(slot, device, bytes, error));

    public void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error) => Later(() => events.WaitEnded(slot, duration, error));

    public void RoomTimedOut(ModelSlot slot, int callers) => Later(() => events.RoomTimedOut(slot, callers));

    private void Later(Action tell)
    {
        untold.Enqueue(tell);
        hasUntold = 1;
    }

    private static void Guard(Action tell)
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
