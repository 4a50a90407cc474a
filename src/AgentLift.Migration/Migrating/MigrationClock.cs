using AgentLift.Core.Rules;

namespace AgentLift.Migration.Migrating;

/// <summary>Tells where a run stands, and how long the rest may take: as long an agent as those before it, and the pauses.</summary>
internal sealed class MigrationClock(IProgress<MigrationProgress> progress, TimeProvider time, int agents, int batches, TimeSpan pause)
{
    private const int NamesShown = 5;
    private readonly long started = time.GetTimestamp();
    private TimeSpan paused;
    private int done;
    private bool settling;

    public int Batch { get; private set; }

    public void BeginBatch() => Batch++;

    public void EndBatch(int count) => done += count;

    /// <summary>Tells what is done to some agents; many are told by their number.</summary>
    public void Say(MigrationPhase phase, IEnumerable<StepRequest> requests, MigrationStage stage = MigrationStage.None)
    {
        var names = requests.Select(request => request.Agent.Name).Distinct().ToList();
        Say(phase, names.Count > NamesShown ? $"{names.Count} agents" : string.Join(", ", names), stage);
    }

    /// <summary>Tells that all agents are gone through once more; which stage of that is on no longer matters.</summary>
    public void Settle(IEnumerable<StepRequest> requests)
    {
        settling = true;
        Say(MigrationPhase.Settling, requests);
    }

    public void Say(MigrationPhase phase, string subject, MigrationStage stage = MigrationStage.None)
    {
        if (!settling || phase != MigrationPhase.Lifting)
            progress.Report(new MigrationProgress(phase, subject, stage, Batch, batches, Left()));
    }

    /// <summary>Waits between two batches.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        if (pause == TimeSpan.Zero)
            return;
        Say(MigrationPhase.Pausing, $"{pause.TotalSeconds:0.#} s");
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        paused += pause;
    }

    private TimeSpan? Left()
    {
        if (done == 0)
            return null;
        var each = (time.GetElapsedTime(started) - paused) / done;
        return (each * (agents - done)) + (pause * Math.Max(0, batches - Batch));
    }
}
