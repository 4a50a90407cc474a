using AgentLift.Core.Facts;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2002: discarded Task.Run, StartNew(LongRunning), QueueUserWorkItem.</summary>
internal sealed class UnsupervisedTaskDetector() : StartedWorkDetector(RuleIds.UnsupervisedTask)
{
    protected override bool Concerns(BackgroundWork work) =>
        work.Kind is BackgroundKind.QueuedWorkItem or BackgroundKind.LongRunningTask || (work.Kind == BackgroundKind.Task && work.Operation.IsDiscarded());
}
