using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2005: Threading.Timer, Timers.Timer, PeriodicTimer by hand.</summary>
internal sealed class ManualTimerDetector() : Detector(RuleIds.ManualTimer)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.Creations
            .Where(creation => agent.Knowledge.Known(creation.Operation.Type) is KnownType.ThreadingTimer or KnownType.TimersTimer or KnownType.PeriodicTimer)
            .Select(creation => At(
                creation.Operation,
                creation.Operation.StoredIn() ?? creation.Scope.Function,
                creation.Operation.StoredIn()?.Name ?? creation.Operation.Type!.Name));
}
