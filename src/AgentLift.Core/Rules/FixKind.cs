namespace AgentLift.Core.Rules;

/// <summary>What a fix of a rule promises (DESIGN decision 3).</summary>
public enum FixKind
{
    /// <summary>The rule explains; nothing sound can be written automatically.</summary>
    None = 0,

    /// <summary>Needs a person's eye; applied in bulk only when asked for.</summary>
    Assisted = 1,

    /// <summary>Behaviour is kept; applied in bulk.</summary>
    Safe = 2,
}
