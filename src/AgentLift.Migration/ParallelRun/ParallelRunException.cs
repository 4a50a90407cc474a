namespace AgentLift.Migration.ParallelRun;

/// <summary>A parallel run could not be made: one side does not start, is not ready, or ends by itself.</summary>
public sealed class ParallelRunException(string message, string nextStep) : Exception(message)
{
    /// <summary>What helps.</summary>
    public string NextStep { get; } = nextStep;
}
