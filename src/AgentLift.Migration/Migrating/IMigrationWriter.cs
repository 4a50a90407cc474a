using System.Collections.Immutable;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Migration.Migrating;

/// <summary>Where verified edits go: through the store to disk, or into a patch.</summary>
internal interface IMigrationWriter
{
    /// <summary>Id of the run; <see langword="null"/> where nothing that it wrote stands.</summary>
    string? Run { get; }

    /// <summary>Writes some files, all of them or none.</summary>
    /// <returns>The files that differ now, relative to the root.</returns>
    ImmutableArray<string> Write(string stage, string agent, ImmutableArray<FileChange> changes);

    /// <summary>Takes one such write back.</summary>
    void TakeBack(string stage, string agent);

    /// <summary>Says that nothing more comes.</summary>
    void Complete();
}
