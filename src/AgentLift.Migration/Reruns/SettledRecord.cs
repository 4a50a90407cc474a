using AgentLift.Migration.Migrating;

namespace AgentLift.Migration.Reruns;

/// <summary>What is remembered of a migration that left nothing to do.</summary>
/// <param name="Build">Which build of the tool it was.</param>
/// <param name="Command">What tells one command from another.</param>
/// <param name="Files">The state of the target's files afterwards, by full path.</param>
/// <param name="Elsewhere">The state of the files that the projects read besides, by full path.</param>
/// <param name="Report">What the same migration would report again.</param>
internal sealed record SettledRecord(string Build, IReadOnlyList<string> Command, Dictionary<string, string> Files, Dictionary<string, string> Elsewhere, MigrationReport Report);
