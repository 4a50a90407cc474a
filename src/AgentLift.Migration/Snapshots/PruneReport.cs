using System.Collections.Immutable;

namespace AgentLift.Migration.Snapshots;

/// <summary>What pruning removed.</summary>
/// <param name="Runs">Ids of the runs, the oldest first.</param>
/// <param name="Objects">How many stored copies of files.</param>
public sealed record PruneReport(ImmutableArray<string> Runs, int Objects);
