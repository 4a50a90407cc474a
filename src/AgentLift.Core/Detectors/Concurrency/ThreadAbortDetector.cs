using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2006: Abort, Interrupt, Suspend, Resume.</summary>
internal sealed class ThreadAbortDetector() : Detector(RuleIds.ThreadAbort)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.CallsOn(KnownType.Thread)
            .Where(call => call.Operation.TargetMethod.Name is "Abort" or "Interrupt" or "Suspend" or "Resume")
            .Select(call => At(call.Operation, call.Operation.TargetMethod, "Thread." + call.Operation.TargetMethod.Name));
}
