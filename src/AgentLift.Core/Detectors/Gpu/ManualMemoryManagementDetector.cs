using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6004: own VRAM bookkeeping, cache clearing, collection calls.</summary>
internal sealed class ManualMemoryManagementDetector() : Detector(RuleIds.ManualMemoryManagement)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        var use = agent.Gpu;
        return use.Bookkeeping.Concat(use.DriverImports).Select(member => At(member))
            .Concat(use.Management.Select(place => At(place.Operation, place.Scope.Function, FunctionNames.Of(place.Scope))));
    }
}
