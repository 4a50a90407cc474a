using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2002: discarded Task.Run, StartNew(LongRunning), QueueUserWorkItem.</summary>
internal sealed class UnsupervisedTaskDetector() : Detector(RuleIds.UnsupervisedTask)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var work in agent.Facts.Background)
        {
            if (work.Kind is BackgroundKind.QueuedWorkItem or BackgroundKind.LongRunningTask
                || (work.Kind == BackgroundKind.Task && work.Operation.IsDiscarded()))
            {
                found.Add(At(work.Operation, work.Body ?? work.Scope.Function, WorkNames.Of(work)));
            }
        }
    }
}
