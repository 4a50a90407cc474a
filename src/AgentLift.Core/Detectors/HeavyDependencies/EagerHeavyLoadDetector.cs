using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Loads;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>What the three rules about eager loads share: each reports the loads of one moment.</summary>
internal abstract class EagerHeavyLoadDetector(string ruleId, LoadTime time) : Detector(ruleId)
{
    public sealed override IEnumerable<Evidence> Detect(AgentSubject agent) =>
        agent.Loads
            .Where(load => load.Time == time)
            .Select(load => At(load.Operation, load.Scope.Function, FunctionNames.Of(load.Scope), load.Display));
}
