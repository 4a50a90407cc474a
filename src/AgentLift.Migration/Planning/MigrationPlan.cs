using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;

namespace AgentLift.Migration.Planning;

/// <summary>What a migration would do, in which order, and what it would leave to people.</summary>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Target">The path that is planned for, as given.</param>
/// <param name="Matrix">Name of the risk matrix.</param>
/// <param name="Stage">The last stage.</param>
/// <param name="Batches">The batches, in order.</param>
/// <param name="PassedOver">Agents that stay as they are, and why.</param>
/// <param name="Errors">What could not be loaded or used.</param>
public sealed record MigrationPlan(
    string Tool,
    string Target,
    string Matrix,
    MigrationStage Stage,
    ImmutableArray<PlannedBatch> Batches,
    ImmutableArray<PassedOverAgent> PassedOver,
    ImmutableArray<AssessmentError> Errors);

/// <summary>Agents that are lifted together.</summary>
/// <param name="Number">Number of the batch, from 1.</param>
/// <param name="Agents">Its agents, in order.</param>
public sealed record PlannedBatch(int Number, ImmutableArray<PlannedAgent> Agents);

/// <summary>An agent that is not lifted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its risk.</param>
/// <param name="Reason">Why.</param>
public sealed record PassedOverAgent(string Name, RiskLevel Level, string Reason);

/// <summary>What is planned for one agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Full name of its class.</param>
/// <param name="Score">Its risk score.</param>
/// <param name="Level">Its risk.</param>
/// <param name="Strategy">How agents of that risk are lifted.</param>
/// <param name="Budget">How long that may take; <see langword="null"/> where a person decides.</param>
/// <param name="DependsOn">The agents that it needs, by name.</param>
/// <param name="Stages">What each stage would remove.</param>
/// <param name="Manual">What stays for people, and why.</param>
public sealed record PlannedAgent(
    string Name,
    string Type,
    int Score,
    RiskLevel Level,
    MigrationStrategy Strategy,
    TimeBudget? Budget,
    ImmutableArray<string> DependsOn,
    ImmutableArray<PlannedStage> Stages,
    ImmutableArray<LeftPlace> Manual);

/// <summary>What one stage would remove from an agent.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Found">Pieces of evidence of the stage in the code as it is.</param>
/// <param name="Removes">How many pieces of which rule would be gone, by rule.</param>
public sealed record PlannedStage(MigrationStage Stage, int Found, ImmutableSortedDictionary<string, int> Removes);
