namespace AgentLift.Core.Risk;

/// <summary>How strongly one factor of the risk matrix applies, in quarters (SPEC section 3).</summary>
public enum Severity
{
    /// <summary>0.</summary>
    None = 0,

    /// <summary>0.25.</summary>
    Low = 1,

    /// <summary>0.5.</summary>
    Medium = 2,

    /// <summary>0.75.</summary>
    High = 3,

    /// <summary>1.</summary>
    Extreme = 4,
}
