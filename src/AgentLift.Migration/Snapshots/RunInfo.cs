namespace AgentLift.Migration.Snapshots;

/// <summary>What is remembered of the command that starts a run.</summary>
/// <param name="ToolVersion">Name and version of the tool.</param>
/// <param name="Target">The solution, project or folder that is migrated, as given.</param>
/// <param name="CommandLine">The command line, for people who read the list of runs.</param>
public sealed record RunInfo(string ToolVersion, string Target, string CommandLine);
