using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6004: own VRAM bookkeeping, cache clearing, collection calls.</summary>
internal sealed class ManualMemoryManagementDetector() : Detector(RuleIds.ManualMemoryManagement)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var use = agent.Gpu;
        foreach (var member in use.Bookkeeping)
            found.Add(At(member));
        foreach (var import in use.DriverImports)
            found.Add(At(import));
        foreach (var place in use.Management)
            found.Add(At(place.Operation, place.Scope.Function, FunctionNames.Of(place.Scope)));
    }
}
