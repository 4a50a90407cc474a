using AgentLift.Core.Loads;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Detectors.HeavyDependencies;

/// <summary>AGL4003: a heavy load in a static constructor or module initialiser.</summary>
internal sealed class EagerHeavyStaticInitDetector() : EagerHeavyLoadDetector(RuleIds.EagerHeavyStaticInit, LoadTime.StaticInitialiser);
