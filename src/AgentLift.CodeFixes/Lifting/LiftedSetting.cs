namespace AgentLift.CodeFixes.Lifting;

/// <summary>A setting that an agent no longer reads for itself, for the tool to write into appsettings.json.</summary>
/// <param name="Project">The project of the agent.</param>
/// <param name="Path">The key, such as <c>Agents:TutorAgent:Port</c>.</param>
/// <param name="Value">The value that it had, as JSON.</param>
public sealed record LiftedSetting(string Project, string Path, string Value);
