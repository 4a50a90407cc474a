using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1004: Console, Trace or Debug as the agent's log.</summary>
internal sealed class ConsoleLoggingDetector() : Detector(RuleIds.ConsoleLogging)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var call in agent.Facts.Calls)
        {
            if (Sink(agent, call.Operation) is { } sink)
                found.Add(At(call.Operation, call.Scope.Function, call.Scope.Function.Name is { Length: > 0 } name ? name : agent.Type.Name, sink));
        }
    }

    private static string? Sink(AgentSubject agent, IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        var writes = name.StartsWith("Write", StringComparison.Ordinal);
        return agent.Knowledge.Known(call.TargetMethod.ContainingType) switch
        {
            KnownType.Console when writes && !agent.Settings.ConsoleIsOutput => "the console",
            KnownType.TextWriter when writes && !agent.Settings.ConsoleIsOutput && IsConsoleWriter(agent, call) => "the console",
            KnownType.Trace when writes || name.StartsWith("Trace", StringComparison.Ordinal) => "Trace",
            KnownType.Debug when writes || name == "Print" => "Debug",
            _ => null,
        };
    }

    private static bool IsConsoleWriter(AgentSubject agent, IInvocationOperation call) =>
        call.Instance?.Unwrapped() is IPropertyReferenceOperation { Property: { Name: "Out" or "Error", ContainingType: { } owner } }
        && agent.Knowledge.Known(owner) == KnownType.Console;
}
