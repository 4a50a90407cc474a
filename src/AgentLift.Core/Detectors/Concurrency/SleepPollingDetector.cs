using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2003: Thread.Sleep in a loop.</summary>
internal sealed class SleepPollingDetector() : Detector(RuleIds.SleepPolling)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Facts.CallsOn(KnownType.Thread)
            .Where(call => call.Operation.TargetMethod.Name == "Sleep" && call.Scope.InLoop)
            .Select(call => At(call.Operation, call.Scope.Function, FunctionNames.Of(call.Scope)));
}
