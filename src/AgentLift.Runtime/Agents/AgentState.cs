namespace AgentLift.Runtime;

/// <summary>Where an agent stands in its life.</summary>
public enum AgentState
{
    /// <summary>Constructed, not started.</summary>
    Created = 0,

    /// <summary><see cref="BaseAgent.OnStartingAsync"/> runs.</summary>
    Starting = 1,

    /// <summary>Started; operations and loops run.</summary>
    Running = 2,

    /// <summary>No new operations; those under way may end.</summary>
    Draining = 3,

    /// <summary>Loops are being stopped.</summary>
    Stopping = 4,

    /// <summary>Everything has ended in order.</summary>
    Stopped = 5,

    /// <summary>A phase failed, or a loop used up its restarts and the policy said stop.</summary>
    Failed = 6,
}
