using AgentLift.Core.Findings;

namespace AgentLift.Core.Detectors;

/// <summary>Finds the evidence of one rule in one agent. A pure function: no state, same agent, same evidence.</summary>
internal interface IDetector
{
    /// <summary>The rule.</summary>
    string RuleId { get; }

    /// <summary>Adds every place that breaks the rule.</summary>
    void Detect(AgentSubject agent, List<Evidence> found);
}
