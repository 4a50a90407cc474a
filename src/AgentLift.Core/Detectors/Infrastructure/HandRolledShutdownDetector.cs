using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1005: own handling of Ctrl+C, signals and process exit.</summary>
internal sealed class HandRolledShutdownDetector() : Detector(RuleIds.HandRolledShutdown)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var subscription in agent.Facts.Events)
        {
            if (subscription.Operation is { Adds: true, EventReference: IEventReferenceOperation { Event: { } source } }
                && (agent.Knowledge.Known(source.ContainingType), source.Name) is
                    (KnownType.Console, "CancelKeyPress") or (KnownType.AppDomain, "ProcessExit" or "DomainUnload") or (KnownType.AssemblyLoadContext, "Unloading"))
            {
                found.Add(At(subscription.Operation, subscription.Scope.Function, source.ContainingType.Name + "." + source.Name));
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            if ((agent.Knowledge.Known(method.ContainingType), method.Name) is (KnownType.Environment, "Exit") or (KnownType.PosixSignalRegistration, "Create"))
                found.Add(At(call.Operation, call.Scope.Function, method.ContainingType.Name + "." + method.Name));
        }
    }
}
