using System.Collections.Immutable;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Findings;

/// <summary>What was found in one agent.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Evidence">The findings, by position.</param>
internal sealed record AgentFindings(INamedTypeSymbol Type, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The agent's name in the source: its first part that was written by hand.</summary>
    public Location Declaration => HandWritten.LocationOf(Type);
}
