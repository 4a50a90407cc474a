using AgentLift.Core.Loads;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>AGL4002: a heavy load in a constructor, or in what it calls.</summary>
internal sealed class EagerHeavyConstructorDetector() : EagerHeavyLoadDetector(RuleIds.EagerHeavyConstructor, LoadTime.Constructor);
