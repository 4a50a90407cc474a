using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6003: GPU models with no budget.</summary>
internal sealed class NoMemoryBudgetDetector() : Detector(RuleIds.NoMemoryBudget)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        if (agent.Gpu.PicksDevice && !agent.Type.GetMembers().Any(IsBudget) && !IsManaged(agent))
            found.Add(At(agent.Type));
    }

    // The manager has the budget, and the agent only moves inputs to the device.
    private static bool IsManaged(AgentSubject agent) =>
        !agent.Loads.Any(load => load.Dependency is { Gpu: true, Model: true })
        && agent.Type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Any(parameter => ModelManagers.IsManager(parameter.Type));

    private static bool IsBudget(ISymbol member)
    {
        if (member is not (IFieldSymbol or IPropertySymbol))
            return false;
        var name = member.Name.ToLowerInvariant();
        return name.Contains("budget")
            || name.Contains("limit")
            || (name.Contains("max") && (name.Contains("memory") || name.Contains("vram") || name.Contains("bytes") || name.EndsWith("mb", StringComparison.Ordinal) || name.EndsWith("gb", StringComparison.Ordinal)));
    }
}
