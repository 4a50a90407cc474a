using System.Collections.Immutable;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Planning;
using AgentLift.Migration.Verification;

namespace AgentLift.Migration.Migrating;

/// <summary>Keeps what happens to each agent of a run.</summary>
internal sealed class AgentLedger(LeftPlaces left)
{
    private readonly List<Entry> entries = [];

    /// <summary>Takes an agent up, with the reason why it is passed over, if it is.</summary>
    public void Add(AssessedAgent agent, string? skipped = null) => entries.Add(new Entry(agent)
    {
        Outcome = skipped is null ? MigrationOutcome.NotReached : MigrationOutcome.Skipped,
        Reasons = skipped is null ? [] : [skipped],
    });

    /// <summary>A step stands: it was verified and, unless the run is dry, written.</summary>
    public void Stands(LiftStep step)
    {
        var entry = Of(step.Request.Agent);
        if (entry.Outcome != MigrationOutcome.PutBack)
            entry.Outcome = step.Changed || entry.Outcome == MigrationOutcome.Lifted ? MigrationOutcome.Lifted : MigrationOutcome.Unchanged;
        entry.Reached = step.Outcome.Reached;
        entry.Left = left.Of(step.Outcome, step.Request.Stage);
    }

    /// <summary>A step was not kept.</summary>
    public void PutBack(StepRequest request, ImmutableArray<string> reasons)
    {
        var entry = Of(request.Agent);
        entry.Outcome = MigrationOutcome.PutBack;
        entry.Reasons = [.. reasons.Select(reason => $"stage {request.Stage.ToKebabCase()}: {reason}")];
    }

    /// <summary>What was taken back after it had been written.</summary>
    public void TakenBack(LiftStep step, ImmutableArray<string> reasons)
    {
        PutBack(step.Request, reasons);
        var entry = Of(step.Request.Agent);
        entry.Reached = entry.Agent.Stage < step.Request.Stage ? entry.Agent.Stage : step.Request.Stage - 1;
        entry.Left = [];
        entry.Notes = entry.Notes.RemoveAll(note => note.Stage == step.Request.Stage);
    }

    /// <summary>What a step could not write beside the code, and why.</summary>
    public void Note(StepRequest request, ImmutableArray<LeftPlace> places)
    {
        var entry = Of(request.Agent);
        entry.Notes = [.. entry.Notes, .. places];
    }

    /// <summary>What was to be taken back, and could not be.</summary>
    public void Stuck(LiftStep step, ImmutableArray<string> reasons)
    {
        PutBack(step.Request, reasons);
        var entry = Of(step.Request.Agent);
        entry.Outcome = MigrationOutcome.Stuck;
        entry.Reached = step.Outcome.Reached;
    }

    /// <summary>Whether a stage of an agent failed, so that later ones are not tried.</summary>
    public bool HasFailed(AssessedAgent agent) => Of(agent).Outcome is MigrationOutcome.PutBack or MigrationOutcome.Stuck;

    /// <summary>Whether something stands that was to be taken back.</summary>
    public bool HasStuck => entries.Exists(entry => entry.Outcome == MigrationOutcome.Stuck);

    public ImmutableArray<MigratedAgent> ToAgents() =>
    [
        .. entries.Select(entry => new MigratedAgent(
            entry.Agent.Name, entry.Agent.Type, entry.Agent.Risk.Level, entry.Agent.Risk.Strategy, entry.Outcome, entry.Agent.Stage, entry.Reached, entry.Reasons, [.. entry.Left, .. entry.Notes])),
    ];

    private Entry Of(AssessedAgent agent) => entries.First(entry => entry.Agent == agent);

    private sealed class Entry(AssessedAgent agent)
    {
        public AssessedAgent Agent { get; } = agent;

        public MigrationOutcome Outcome { get; set; }

        public MigrationStage Reached { get; set; } = agent.Stage;

        public ImmutableArray<string> Reasons { get; set; } = [];

        public ImmutableArray<LeftPlace> Left { get; set; } = [];

        public ImmutableArray<LeftPlace> Notes { get; set; } = [];
    }
}
