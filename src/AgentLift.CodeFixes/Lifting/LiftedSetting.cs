namespace AgentLift.CodeFixes.Lifting;

/// <summary>A setting that an agent no longer reads for itself, for the tool to write into appsettings.json.</summary>
/// <param name="Key">Where the configuration has it, such as <c>Agents:TutorAgent:Port</c>.</param>
/// <param name="Value">The value that it had: text, a whole number, a number or a truth value.</param>
public sealed record LiftedSetting(string Key, object Value)
{
    /// <summary>Whether its name or value speaks of a secret, which no file under version control is to hold.</summary>
    public bool IsSecret { get; init; }
}
