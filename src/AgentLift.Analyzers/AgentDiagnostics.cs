using System.Collections.Immutable;
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
            Properties(evidence),
            evidence.MessageArguments.ToArray<object>());

    private static ImmutableDictionary<string, string?> Properties(Evidence evidence)
    {
        var properties = evidence.Properties
            .SetItem(DiagnosticProperties.Stage, evidence.Rule.Stage.ToKebabCase())
            .SetItem(DiagnosticProperties.Fix, evidence.Fix.ToKebabCase());
        return evidence.FixObstacle is { } obstacle ? properties.SetItem(DiagnosticProperties.FixObstacle, obstacle) : properties;
    }
}
