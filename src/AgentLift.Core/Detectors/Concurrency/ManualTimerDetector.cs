using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
            if (agent.IsOnRuntime && creation.Type.Known == KnownType.PeriodicTimer && IsSupervised(agent.Type, creation.Scope.Function))
                continue;
            var holder = creation.Operation.StoredIn();
            found.Add(At(creation.Operation, holder ?? creation.Scope.Function, holder?.Name ?? creation.Operation.Type!.Name));
        }
    }

    // A supervised loop may keep a beat of its own: RunPeriodically counts from the end of a round.
    private static bool IsSupervised(INamedTypeSymbol agent, ISymbol function) =>
        function.Name.Length > 0
        && agent.DeclaringSyntaxReferences
            .SelectMany(part => part.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "RunSupervised" }
                && call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == function.Name));
}
