using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Lifts agents of a solution by a stage: <see cref="StageLift"/>, or what a test puts in its place.</summary>
internal delegate Task<LiftedSolution> LiftFunction(Solution solution, MigrationStage stage, LiftOptions options, CancellationToken cancellationToken);

/// <summary>One agent that is to go through one stage.</summary>
internal sealed record StepRequest(AssessedAgent Agent, MigrationStage Stage);

/// <summary>What one stage did to one agent. The steps of a round stand on one another.</summary>
/// <param name="Request">Who and what.</param>
/// <param name="Before">The solution before.</param>
/// <param name="After">The solution afterwards.</param>
/// <param name="Outcome">What the lift says that it did.</param>
internal sealed record LiftStep(StepRequest Request, Solution Before, Solution After, LiftedAgent Outcome)
{
    /// <summary>Whether anything differs.</summary>
    public bool Changed => Before != After;
}
