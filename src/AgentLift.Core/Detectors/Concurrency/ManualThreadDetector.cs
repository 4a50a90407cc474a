using AgentLift.Core.Facts;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2001: new Thread.</summary>
internal sealed class ManualThreadDetector() : StartedWorkDetector(RuleIds.ManualThread)
{
    protected override bool Concerns(BackgroundWork work) => work.Kind == BackgroundKind.Thread;
}
