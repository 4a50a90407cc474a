using AgentLift.Core.Accepted;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers;

/// <summary>Turns an assessed agent into diagnostics.</summary>
internal static class AgentDiagnostics
{
    public static void Report(AgentAssessment agent, AcceptedFindings accepted, Action<Diagnostic> report)
    {
        foreach (var evidence in accepted.OthersOf(agent))
            report(Of(evidence));
    }

    public static Diagnostic Of(Evidence evidence) =>
        Diagnostic.Create(
            Descriptors.Of(evidence.Rule),
            evidence.Location,
            evidence.Properties.SetItem(DiagnosticProperties.Stage, evidence.Rule.Stage.ToKebabCase()),
            evidence.MessageArguments.ToArray<object>());
}
