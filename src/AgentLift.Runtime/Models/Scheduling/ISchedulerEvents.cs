namespace AgentLift.Runtime.Models;

/// <summary>Is told what the scheduler does, under its lock: for logs and metrics, which must not call back.</summary>
internal interface ISchedulerEvents
{
    /// <summary>A model was loaded.</summary>
    /// <param name="resident">The model.</param>
    /// <param name="expectedBytes">What was expected of it.</param>
    /// <param name="duration">How long it took.</param>
    void Loaded(ResidentModel resident, long expectedBytes, TimeSpan duration);

    /// <summary>A load failed for good; who waited is told.</summary>
    void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration);

    /// <summary>A device had no memory for a load.</summary>
    void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next);

    /// <summary>A model goes.</summary>
    void Leaves(ResidentModel resident, TimeSpan idle);

    /// <summary>The memory of a model could not be given back.</summary>
    void ReleaseFailed(ResidentModel resident, Exception error);

    /// <summary>Somebody got what they waited for.</summary>
    void Waited(ModelSlot slot, TimeSpan duration);

    /// <summary>Somebody waited for too long.</summary>
    void TimedOut(ModelSlot slot, string reason);
}
