using System.Collections.Immutable;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Migrating;

namespace AgentLift.Migration.Settings;

/// <summary>What becomes of the settings of an agent in one program.</summary>
/// <param name="File">The program's appsettings.json, from the root.</param>
/// <param name="Edits">The edits, of that file and of the project file.</param>
internal sealed record SettingsWrite(string File, ImmutableArray<FileEdit> Edits);

/// <summary>What becomes of the settings that an agent no longer reads for itself.</summary>
/// <param name="Writes">What is written, program by program.</param>
/// <param name="Left">What is not, and why.</param>
internal sealed record SettingsPlan(ImmutableArray<SettingsWrite> Writes, ImmutableArray<LeftPlace> Left)
{
    /// <summary>Nothing to do.</summary>
    public static SettingsPlan Empty { get; } = new([], []);
}
