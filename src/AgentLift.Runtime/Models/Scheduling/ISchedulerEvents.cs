namespace AgentLift.Runtime.Models;

/// <summary>Is told what the scheduler does, under its lock: for logs and metrics, which must not call back.</summary>
internal interface ISchedulerEvents
{
    /// <summary>A model was loaded.</summary>
    /// <param name="load">Its load, with what was expected.</param>
    /// <param name="resident">The model.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="isNewVersion">Whether another version is in use.</param>
    void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion);

    /// <summary>A load failed for good, or took too long; who waits is told.</summary>
    void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration);

    /// <summary>A device had no memory for a load.</summary>
    void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next);

    /// <summary>A device had no memory for a run.</summary>
    /// <param name="slot">The model that was run.</param>
    /// <param name="device">The device.</param>
    /// <param name="error">What was thrown.</param>
    /// <param name="leaving">How many models make room; where there are some, it is run again.</param>
    void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving);

    /// <summary>A device is over its limit, because a model is larger than was expected.</summary>
    void OverBudget(ResidentModel resident);

    /// <summary>A model goes.</summary>
    void Leaves(ResidentModel resident, TimeSpan idle);

    /// <summary>The memory of a model could not be given back.</summary>
    void ReleaseFailed(ResidentModel resident, Exception error);

    /// <summary>Somebody got what they waited for, or was told why not.</summary>
    void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error);

    /// <summary>Callers waited for room for too long.</summary>
    void RoomTimedOut(ModelSlot slot, int callers);
}
