namespace AgentLift.Core.Findings;

/// <summary>The names of what each diagnostic says beside its message.</summary>
public static class DiagnosticProperties
{
    /// <summary>The stage that removes the pattern.</summary>
    public const string Stage = "stage";
}
