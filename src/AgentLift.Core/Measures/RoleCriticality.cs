using AgentLift.Core.Detectors;
using AgentLift.Core.Manifest;

namespace AgentLift.Core.Measures;

/// <summary>The critical-role factor of SPEC section 3, from 0 to 4: by the manifest, and by which classes hold the agent.</summary>
internal static class RoleCriticality
{
    /// <summary>From so many holders on, an agent is a core function.</summary>
    private const int CoreFanIn = 3;

    public static Measure Of(AgentSubject agent, FleetManifest manifest, int holders)
    {
        var best = ByFanIn(holders);
        if (agent.Identity.ManifestEntry is not { } entry)
            return best;
        foreach (var measure in new[] { ByDeclaration(entry), ByOrder(entry, manifest) })
        {
            if (measure.Value > best.Value)
                best = measure;
        }

        return best;
    }

    private static Measure ByFanIn(int holders) => holders switch
    {
        0 => new Measure(0, "no agent is known to depend on it"),
        >= CoreFanIn => new Measure(2, $"{holders} classes hold it"),
        1 => new Measure(1, "1 class holds it"),
        _ => new Measure(1, $"{holders} classes hold it"),
    };

    private static Measure ByDeclaration(ManifestAgent entry) => entry.Criticality switch
    {
        Criticality.Critical => new Measure(4, "the manifest calls it critical"),
        Criticality.Core => new Measure(2, "the manifest calls it core"),
        _ => Measure.Zero,
    };

    private static Measure ByOrder(ManifestAgent entry, FleetManifest manifest)
    {
        var direct = manifest.DirectDependents(entry);
        var all = manifest.TransitiveDependents(entry);
        if (direct == 0)
            return Measure.Zero;
        if (entry.DependsOn.IsEmpty && all >= CoreFanIn)
            return all == manifest.Agents.Length - 1
                ? new Measure(4, $"none of the {all} other agents can start without it")
                : new Measure(3, $"root of the dependency order: {all} agents start after it");
        return direct >= CoreFanIn
            ? new Measure(2, $"{direct} agents depend on it")
            : new Measure(1, direct == 1 ? "1 agent depends on it" : $"{direct} agents depend on it");
    }
}
