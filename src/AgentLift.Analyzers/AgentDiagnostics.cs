using System.Collections.Immutable;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers;

/// <summary>Turns an assessed agent into diagnostics.</summary>
internal static class AgentDiagnostics
{
    public static void Report(AgentAssessment agent, Action<Diagnostic> report)
    {
        foreach (var evidence in agent.Evidence)
            report(Of(evidence));
        foreach (var summary in AgentSummary.Evidence(agent))
            report(Of(summary));
    }

    public static Diagnostic Of(Evidence evidence) =>
        Diagnostic.Create(
            Descriptors.Of(evidence.Rule),
            evidence.Location,
            evidence.Properties.SetItem("stage", evidence.Rule.Stage.ToKebabCase()),
            evidence.MessageArguments.ToArray<object>());
}
