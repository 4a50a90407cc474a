namespace AgentLift.Runtime.Models;

/// <summary>
/// Is told what the scheduler has done, in that order, a moment after and outside its lock: for logs and metrics. Where a model stands may have changed since, so
/// that nothing is read of it but what never changes.
/// </summary>
internal interface ISchedulerEvents
{
    /// <summary>A model was loaded.</summary>
    /// <param name="load">Its load, with what was expected.</param>
    /// <param name="resident">The model.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="isNewVersion">Whether another version was in use.</param>
    void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion);

    /// <summary>A load failed for good, or took too long; who waits is told.</summary>
    /// <param name="load">The load.</param>
    /// <param name="error">What those who wait are told.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="keepsVersion">Whether another version is in use, and stays.</param>
    void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration, bool keepsVersion);

    /// <summary>A model was not even tried to load, because it never fits or nothing says how large it is; who waits is told.</summary>
    /// <param name="slot">The model.</param>
    /// <param name="error">What those who wait are told.</param>
    /// <param name="keepsVersion">Whether another version is in use, and stays.</param>
    void Refused(ModelSlot slot, ModelLoadException error, bool keepsVersion);

    /// <summary>A device had no memory for a load.</summary>
    void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next);

    /// <summary>A model has no room in one way, and is tried in another.</summary>
    /// <param name="slot">The model.</param>
    /// <param name="from">The way that has no room.</param>
    /// <param name="to">The way that is tried.</param>
    /// <param name="bytes">What it takes in the first way.</param>
    /// <param name="error">What the loader threw; <see langword="null"/> where the budget, or what others hold of the device, said no.</param>
    void FellBack(ModelSlot slot, LoadRung from, LoadRung to, long bytes, Exception? error);

    /// <summary>A device had no memory for a run.</summary>
    /// <param name="slot">The model that was run.</param>
    /// <param name="device">The device.</param>
    /// <param name="error">What was thrown.</param>
    /// <param name="leaving">How many models make room; where there are some, it is run again.</param>
    void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving);

    /// <summary>A device is over its limit, because a model is larger than was expected.</summary>
    /// <param name="resident">The model.</param>
    /// <param name="taken">Bytes of models and of promises on the device.</param>
    /// <param name="limit">Bytes that there may be.</param>
    void OverBudget(ResidentModel resident, long taken, long limit);

    /// <summary>A model has gone, and its memory was given back.</summary>
    /// <param name="resident">The model.</param>
    /// <param name="idle">How long nobody had used it.</param>
    void Left(ResidentModel resident, TimeSpan idle);

    /// <summary>The memory of a model could not be given back.</summary>
    /// <param name="slot">The model.</param>
    /// <param name="device">Where it lies.</param>
    /// <param name="bytes">What it takes there.</param>
    /// <param name="error">What the loader threw.</param>
    void ReleaseFailed(ModelSlot slot, ModelDevice device, long bytes, Exception error);

    /// <summary>Somebody got what they waited for, or was told why not.</summary>
    void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error);

    /// <summary>Callers waited for room for too long.</summary>
    void RoomTimedOut(ModelSlot slot, int callers);
}
