namespace AgentLift.Core.Risk;

/// <summary>How risky an agent is to lift.</summary>
public enum RiskLevel
{
    /// <summary>0 to 15 on the built-in matrices.</summary>
    Low = 0,

    /// <summary>16 to 25.</summary>
    Medium = 1,

    /// <summary>26 to 35.</summary>
    High = 2,

    /// <summary>36 to 50.</summary>
    Critical = 3,
}
