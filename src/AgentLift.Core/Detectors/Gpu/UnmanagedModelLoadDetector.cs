using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6001: a model load or device transfer outside a model manager.</summary>
internal sealed class UnmanagedModelLoadDetector() : Detector(RuleIds.UnmanagedModelLoad)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        if (ModelManagers.IsManager(agent.Type))
            return;
        foreach (var load in agent.Loads)
        {
            if (load.Dependency is { Gpu: true, Model: true })
                found.Add(At(load.Operation, load.Scope.Function, FunctionNames.Of(load.Scope)));
        }

        foreach (var transfer in agent.Gpu.Transfers)
        {
            if (!agent.Loads.Any(load => load.Operation == transfer.Operation))
                found.Add(At(transfer.Operation, transfer.Scope.Function, FunctionNames.Of(transfer.Scope)));
        }
    }
}
