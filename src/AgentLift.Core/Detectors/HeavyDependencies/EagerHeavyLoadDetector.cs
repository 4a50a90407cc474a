using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Loads;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>What the three rules about eager loads share: each reports the loads of one moment.</summary>
internal abstract class EagerHeavyLoadDetector(string ruleId, LoadTime time) : Detector(ruleId)
{
    public sealed override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var load in agent.Loads)
        {
            if (load.Time == time)
                found.Add(At(load.Operation, load.Scope.Function, FunctionNames.Of(load.Scope), load.Display) with { FindObstacle = () => agent.ObstacleOf(load) });
        }
    }
}
