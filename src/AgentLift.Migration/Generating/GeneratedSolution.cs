using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Generating;

/// <summary>A solution with what its source generators write now.</summary>
/// <param name="Solution">The solution; the output stands in it as documents.</param>
/// <param name="Diagnostics">What the generators reported, by project.</param>
internal sealed record GeneratedSolution(Solution Solution, ImmutableDictionary<ProjectId, ImmutableArray<Diagnostic>> Diagnostics)
{
    /// <summary>What the generators reported of a project.</summary>
    public ImmutableArray<Diagnostic> DiagnosticsOf(ProjectId project) => Diagnostics.GetValueOrDefault(project, []);
}
