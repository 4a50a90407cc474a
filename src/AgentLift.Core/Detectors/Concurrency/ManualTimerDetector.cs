using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2005: Threading.Timer, Timers.Timer, PeriodicTimer by hand.</summary>
internal sealed class ManualTimerDetector() : Detector(RuleIds.ManualTimer)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (creation.Type.Known is not (KnownType.ThreadingTimer or KnownType.TimersTimer or KnownType.PeriodicTimer))
                continue;
            if (agent.IsOnRuntime && creation.Type.Known == KnownType.PeriodicTimer && IsStoppedByToken(creation.Scope.Function))
                continue;
            var holder = creation.Operation.StoredIn();
            found.Add(At(creation.Operation, holder ?? creation.Scope.Function, holder?.Name ?? creation.Operation.Type!.Name));
        }
    }

    // A supervised loop that keeps its own beat: RunPeriodically counts from the end of a round.
    private static bool IsStoppedByToken(ISymbol function) =>
        function is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Type.Name == nameof(CancellationToken));
}
