using AgentLift.Core.Loads;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>AGL4001: a heavy load in a field or property initialiser.</summary>
internal sealed class EagerHeavyFieldDetector() : EagerHeavyLoadDetector(RuleIds.EagerHeavyField, LoadTime.Initialiser);
