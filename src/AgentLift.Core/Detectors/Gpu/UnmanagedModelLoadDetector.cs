using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6001: a model load or device transfer outside a model manager.</summary>
internal sealed class UnmanagedModelLoadDetector() : Detector(RuleIds.UnmanagedModelLoad)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        if (agent.Type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModelManagerAttribute"))
            return [];
        var loads = agent.Loads
            .Where(load => load.Dependency is { Gpu: true, Model: true })
            .Select(load => At(load.Operation, load.Scope.Function, FunctionNames.Of(load.Scope)));
        var transfers = agent.Gpu.Transfers
            .Where(transfer => !agent.Loads.Any(load => load.Operation == transfer.Operation))
            .Select(transfer => At(transfer.Operation, transfer.Scope.Function, FunctionNames.Of(transfer.Scope)));
        return loads.Concat(transfers);
    }
}
