namespace AgentLift.Core.Rules;

/// <summary>The order in which an agent is lifted (SPEC section 2).</summary>
public enum MigrationStage
{
    /// <summary>No stage: the rule belongs to risk, or the agent is untouched.</summary>
    None = 0,

    /// <summary>Who owns the agent: base class, host, options, logger, health.</summary>
    Infrastructure = 1,

    /// <summary>Its loops and heavy loads.</summary>
    CoreLogic = 2,

    /// <summary>Its sockets, stores and devices.</summary>
    Integration = 3,
}
