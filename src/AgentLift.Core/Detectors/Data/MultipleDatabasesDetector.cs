using AgentLift.Core.Findings;
using AgentLift.Core.Measures;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.Data;

/// <summary>AGL5003: three or more kinds of store in one agent.</summary>
internal sealed class MultipleDatabasesDetector() : Detector(RuleIds.MultipleDatabases)
{
    private const int Many = 3;

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var stores = StoreUse.Of(agent.Facts);
        if (stores.Length >= Many)
            found.Add(At(agent.Type, agent.Type.Name, stores.Length.ToString(), string.Join(", ", stores.Select(store => store.Name))));
    }
}
