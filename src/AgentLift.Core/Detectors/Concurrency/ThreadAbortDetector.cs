using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2006: Abort, Interrupt, Suspend, Resume.</summary>
internal sealed class ThreadAbortDetector() : Detector(RuleIds.ThreadAbort)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var call in agent.Facts.Calls)
        {
            if (call.Type.Known == KnownType.Thread && call.Operation.TargetMethod.Name is "Abort" or "Interrupt" or "Suspend" or "Resume")
                found.Add(At(call.Operation, call.Operation.TargetMethod, "Thread." + call.Operation.TargetMethod.Name));
        }
    }
}
