namespace AgentLift.Core.Risk;

/// <summary>How an agent of some level is lifted (SPEC section 3).</summary>
public enum MigrationStrategy
{
    /// <summary>All stages in one go.</summary>
    Rapid = 0,

    /// <summary>Stage by stage, verified after each.</summary>
    Staged = 1,

    /// <summary>Staged, with old and new in parallel and a monitored roll-out.</summary>
    Framework = 2,

    /// <summary>The tool plans and explains; a person decides each step.</summary>
    Custom = 3,
}
