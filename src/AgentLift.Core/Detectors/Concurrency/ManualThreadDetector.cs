using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2001: new Thread.</summary>
internal sealed class ManualThreadDetector() : Detector(RuleIds.ManualThread)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var work in agent.Facts.Background)
        {
            if (work.Kind == BackgroundKind.Thread)
                found.Add(At(work.Operation, work.Body ?? work.Scope.Function, WorkNames.Of(work)));
        }
    }
}
