using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2003: Thread.Sleep in a loop.</summary>
internal sealed class SleepPollingDetector() : Detector(RuleIds.SleepPolling)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var call in agent.Facts.Calls)
        {
            if (call.Type.Known == KnownType.Thread && call.Operation.TargetMethod.Name == "Sleep" && call.Scope.InLoop)
                found.Add(At(call.Operation, call.Scope.Function, FunctionNames.Of(call.Scope)));
        }
    }
}
