namespace AgentLift.Migration.Measuring;

/// <summary>The two forms of an agent that are measured against each other.</summary>
public enum MeasuredForm
{
    /// <summary>As it was before the lift or the change.</summary>
    Before = 0,

    /// <summary>As it is after it.</summary>
    After = 1,
}
