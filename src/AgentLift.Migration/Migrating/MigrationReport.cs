using System.Collections.Immutable;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Verification;

namespace AgentLift.Migration.Migrating;

/// <summary>What a migration did.</summary>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Target">The path that was migrated, as given.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Run">Id of the run; <see langword="null"/> where nothing that it wrote stands.</param>
/// <param name="Stage">The last stage that was asked for.</param>
/// <param name="Agents">Every agent of the target, in the order of the plan; those that were not asked for come last.</param>
/// <param name="Files">The files that differ now, or would, relative to the target's folder, sorted.</param>
/// <param name="Verifications">The user's commands that ran, in their order.</param>
/// <param name="Errors">What could not be loaded or used.</param>
public sealed record MigrationReport(
    string Tool,
    string Target,
    bool DryRun,
    string? Run,
    MigrationStage Stage,
    ImmutableArray<MigratedAgent> Agents,
    ImmutableArray<string> Files,
    ImmutableArray<VerifyResult> Verifications,
    ImmutableArray<AssessmentError> Errors)
{
    /// <summary>Why the run ended before its end; <see langword="null"/> where it did not.</summary>
    public MigrationStop? Stop { get; init; }

    /// <summary>Whether the run ended by finding nothing left to do, so that the same run on the same files would write nothing.</summary>
    internal bool Settled { get; init; }

    /// <summary>Whether all agents that were asked for went through, as far as a safe rewrite can take them.</summary>
    public bool Succeeded => Stop is null && Agents.All(agent => agent.Outcome is not (MigrationOutcome.PutBack or MigrationOutcome.NotReached or MigrationOutcome.Stuck));
}

/// <summary>Why a run ended early, and what to do.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Message">What happened.</param>
/// <param name="NextStep">How to go on.</param>
public sealed record MigrationStop(MigrationStopKind Kind, string Message, string NextStep);

/// <summary>Why a run ended early.</summary>
public enum MigrationStopKind
{
    /// <summary>Too few agents of a batch succeeded.</summary>
    TooManyFailures = 0,

    /// <summary>The user stopped it.</summary>
    Cancelled = 1,

    /// <summary>A file could not be written.</summary>
    Refused = 2,
}

/// <summary>What happened to one agent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Full name of its class.</param>
/// <param name="Level">Its risk.</param>
/// <param name="Strategy">How agents of that risk are lifted.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Before">The stage that it had reached before.</param>
/// <param name="Reached">The stage that it has reached now.</param>
/// <param name="Reasons">Why it was put back or passed over.</param>
/// <param name="Left">The places that stay as they are, and why.</param>
public sealed record MigratedAgent(
    string Name,
    string Type,
    RiskLevel Level,
    MigrationStrategy Strategy,
    MigrationOutcome Outcome,
    MigrationStage Before,
    MigrationStage Reached,
    ImmutableArray<string> Reasons,
    ImmutableArray<LeftPlace> Left);

/// <summary>A place that stays as it is.</summary>
/// <param name="Rule">The rule that it breaks; empty where the whole agent stays.</param>
/// <param name="Stage">The stage whose rewrite left it.</param>
/// <param name="Place">Where.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record LeftPlace(string Rule, MigrationStage Stage, SourcePlace Place, string Reason);

/// <summary>How it ended for an agent.</summary>
public enum MigrationOutcome
{
    /// <summary>Something was rewritten, and the result verified.</summary>
    Lifted = 0,

    /// <summary>There was nothing that could be rewritten.</summary>
    Unchanged = 1,

    /// <summary>What was rewritten did not stand up to verification; the files are as before the stage that failed.</summary>
    PutBack = 2,

    /// <summary>It was not asked for, stays legacy, or is critical.</summary>
    Skipped = 3,

    /// <summary>The run ended before its turn.</summary>
    NotReached = 4,

    /// <summary>It was written, did not stand up to verification with the rest of its batch, and could not be taken back.</summary>
    Stuck = 5,
}
