using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Measures;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Findings;

/// <summary>All that is known of one agent after its type has been seen whole.</summary>
/// <param name="Type">The agent's class.</param>
/// <param name="Identity">Its name and why it counts as an agent.</param>
/// <param name="Evidence">Every finding, by position.</param>
/// <param name="Measures">The figures that the risk matrix reads.</param>
/// <param name="Risk">The risk score.</param>
/// <param name="Candidate">The gain from lazy loading.</param>
/// <param name="Lifted">Derives from BaseAgent and has handed over loops, sockets, health and heavy loads.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="ModelLoads">Models that this agent loads, to be compared between agents.</param>
public sealed record AgentAssessment(
    INamedTypeSymbol Type,
    AgentIdentity Identity,
    ImmutableArray<Evidence> Evidence,
    AgentMeasures Measures,
    RiskScore Risk,
    CandidateScore Candidate,
    bool Lifted,
    MigrationStage Stage,
    ImmutableArray<ModelLoad> ModelLoads)
{
    /// <summary>The agent's name in the source: its first part that was written by hand.</summary>
    public Location Declaration => HandWritten.LocationOf(Type);
}
