namespace AgentLift.Core.Findings;

/// <summary>The names of what each diagnostic says beside its message.</summary>
public static class DiagnosticProperties
{
    /// <summary>The stage that removes the pattern.</summary>
    public const string Stage = "stage";

    /// <summary>What a fix of the place promises: <c>safe</c>, <c>assisted</c> or <c>none</c>.</summary>
    public const string Fix = "fix";

    /// <summary>Why nothing sound can be written at the place; absent where nothing stands against the rule's fix.</summary>
    public const string FixObstacle = "fixObstacle";
}
