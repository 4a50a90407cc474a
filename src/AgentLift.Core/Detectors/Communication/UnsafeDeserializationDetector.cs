using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Communication;

/// <summary>AGL3005: BinaryFormatter and kin, type-name handling, on what came from outside.</summary>
internal sealed class UnsafeDeserializationDetector() : Detector(RuleIds.UnsafeDeserialization)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        if (!agent.UsesSockets)
            return;

        foreach (var call in agent.Facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            if (agent.Knowledge.Known(method.ContainingType) == KnownType.UnsafeFormatter
                && method.Name is "Deserialize" or "UnsafeDeserialize" or "ReadObject"
                && !IsOwnFile(agent, call.Operation))
            {
                found.Add(At(call.Operation, method, method.ContainingType.Name + "." + method.Name));
            }
        }

        foreach (var setting in agent.Facts.PropertyReads)
        {
            if (setting.Operation is { Property: { Name: "TypeNameHandling" } property, Parent: ISimpleAssignmentOperation assignment }
                && assignment.Target == setting.Operation
                && agent.Knowledge.Known(property.ContainingType) == KnownType.JsonSerializerSettings
                && assignment.Value.ConstantValue is not { HasValue: true, Value: 0 })
            {
                found.Add(At(assignment, property, "TypeNameHandling"));
            }
        }
    }

    // The stream is a file that the agent opened itself.
    private static bool IsOwnFile(AgentSubject agent, IInvocationOperation call) =>
        call.Arguments.Any(argument =>
            argument.Value.Type?.Name == "FileStream"
            || TableReads.ComesFromFile(agent.Knowledge, argument.Value)
            || (argument.Value.ReferencedSymbol() is ILocalSymbol local
                && (agent.Facts.Calls.Any(other => SocketUse.Same(other.Operation.StoredIn(), local) && TableReads.ReadsFile(agent.Knowledge, other.Operation))
                    || agent.Facts.CreationsOf(KnownType.FileStream).Any(file => SocketUse.Same(file.Operation.StoredIn(), local)))));
}
