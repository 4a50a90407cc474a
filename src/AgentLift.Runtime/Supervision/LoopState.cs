namespace AgentLift.Runtime;

/// <summary>Where a supervised loop stands.</summary>
public enum LoopState
{
    /// <summary>Not started yet: the agent has not started.</summary>
    Pending = 0,

    /// <summary>The body runs.</summary>
    Running = 1,

    /// <summary>The body failed; it waits for its restart.</summary>
    BackingOff = 2,

    /// <summary>The body ended by itself and is not to start again.</summary>
    Completed = 3,

    /// <summary>The body failed and its restarts are used up.</summary>
    Failed = 4,

    /// <summary>The agent stopped it.</summary>
    Stopped = 5,
}
