using System.Collections.Immutable;

namespace AgentLift.FleetGenerator.Emission;

/// <summary>A line to be written and the rules that must be reported on it.</summary>
internal sealed record SourceLine(string Text, ImmutableArray<string> Rules);
