using System.Collections.Immutable;
using AgentLift.Core.Findings;
using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Assessment;

/// <summary>Turns what the pass hands over into what reports show, so that no symbol or tree outlives its project.</summary>
internal sealed class AgentReport(string project, ReportedPaths paths)
{
    /// <summary>How reports, and the lift, name a class.</summary>
    public static readonly SymbolDisplayFormat FullName = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters);

    public AssessedAgent Of(AgentAssessment agent, CancellationToken cancellationToken)
    {
        var type = agent.Type.ToDisplayString(FullName);
        var fingerprint = new EvidenceFingerprint(type);
        var declarations = agent.Type.Locations.Where(location => location.IsInSource).Select(paths.PlaceOf)
            .OrderBy(place => place.File, StringComparer.Ordinal).ThenBy(place => place.Line)
            .ToImmutableArray();
        return new AssessedAgent(
            agent.Identity.Name,
            type,
            project,
            [.. declarations.Select(place => place.File).Distinct(StringComparer.Ordinal)],
            agent.Lifted,
            agent.Stage,
            agent.Risk,
            agent.Candidate,
            [
                .. agent.Evidence
                    .Select(evidence => (Evidence: evidence, Place: paths.PlaceOf(evidence.Location)))
                    .OrderBy(item => item.Place, SourcePlaceOrder.Instance)
                    .ThenBy(item => item.Evidence.Rule.Id, StringComparer.Ordinal)
                    .Select(item => new AssessedEvidence(
                        item.Evidence.Rule,
                        item.Place,
                        item.Evidence.Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
                        item.Evidence.Message,
                        CodeExcerpts.Of(item.Evidence.Location, cancellationToken),
                        fingerprint.Of(item.Evidence, cancellationToken)) { FixObstacle = item.Evidence.FixObstacle }),
            ])
        {
            Group = agent.Identity.ManifestEntry?.Group,
            Machine = agent.Identity.ManifestEntry?.Machine,
            Declaration = declarations.IsEmpty ? new SourcePlace(string.Empty, 1, 1, 1, 1) : declarations[0],
        };
    }
}
