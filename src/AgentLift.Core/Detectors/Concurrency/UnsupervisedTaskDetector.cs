using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2002: discarded Task.Run, StartNew(LongRunning), QueueUserWorkItem.</summary>
internal sealed class UnsupervisedTaskDetector() : Detector(RuleIds.UnsupervisedTask)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.Background
            .Where(work => work.Kind switch
            {
                BackgroundKind.QueuedWorkItem or BackgroundKind.LongRunningTask => true,
                BackgroundKind.Task => work.Operation.IsDiscarded(),
                _ => false,
            })
            .Select(work => At(work.Operation, work.Body ?? work.Scope.Function, WorkNames.Of(work)));
}
