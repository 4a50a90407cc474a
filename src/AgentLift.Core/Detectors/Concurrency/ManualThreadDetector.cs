using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2001: new Thread.</summary>
internal sealed class ManualThreadDetector() : Detector(RuleIds.ManualThread)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.Background
            .Where(work => work.Kind == BackgroundKind.Thread)
            .Select(work => At(work.Operation, work.Body ?? work.Scope.Function, WorkNames.Of(work)));
}
