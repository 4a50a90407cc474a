using System.Collections.Immutable;
using AgentLift.Migration.Generating;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Verification;

/// <summary>
/// Compares what the compiler, with the source generators of each project, says of two states of a solution. What one state
/// reported counts again only for projects that a change can reach.
/// </summary>
internal sealed class CompilerCheck
{
    private readonly SourceGenerators generators;
    private readonly Dictionary<ProjectId, Dictionary<CompilerFinding, int>> known = [];
    private readonly Dictionary<ProjectId, Dictionary<CompilerFinding, int>> checkedLast = [];
    private Solution accepted;
    private Solution lastChecked;
    private Solution? clean;

    /// <param name="start">The state that the first ones are compared with.</param>
    /// <param name="generators">The source generators of the solution.</param>
    public CompilerCheck(Solution start, SourceGenerators generators)
    {
        this.generators = generators;
        accepted = lastChecked = start;
    }

    /// <summary>Takes a state as the one that later ones are compared with. It is compiled when that is needed.</summary>
    public void Accept(Solution solution)
    {
        foreach (var project in Reached(solution))
        {
            if (lastChecked == solution && checkedLast.TryGetValue(project.Id, out var findings))
                known[project.Id] = findings;
            else
                known.Remove(project.Id);
        }

        accepted = solution;
    }

    /// <summary>What a state reports that the accepted one does not; errors first. One that was found clean stays so, whatever was accepted on the way to it.</summary>
    public async Task<ImmutableArray<CompilerFinding>> NewInAsync(Solution solution, CancellationToken cancellationToken)
    {
        if (solution == clean)
            return [];
        (lastChecked, var found) = (solution, new List<CompilerFinding>());
        checkedLast.Clear();
        var generated = await generators.RunAsync(solution, cancellationToken).ConfigureAwait(false);
        GeneratedSolution? generatedBefore = null;
        foreach (var project in Reached(solution))
        {
            checkedLast[project.Id] = await FindingsOfAsync(generated, project.Id, cancellationToken).ConfigureAwait(false);
            if (checkedLast[project.Id].Count == 0)
                continue;
            if (!known.TryGetValue(project.Id, out var before))
            {
                generatedBefore ??= await generators.RunAsync(accepted, cancellationToken).ConfigureAwait(false);
                known[project.Id] = before = await FindingsOfAsync(generatedBefore, project.Id, cancellationToken).ConfigureAwait(false);
            }

            found.AddRange(checkedLast[project.Id].Where(finding => finding.Value > before.GetValueOrDefault(finding.Key)).Select(finding => finding.Key));
        }

        clean = found.Count == 0 ? solution : clean;
        return [.. found.Distinct().OrderByDescending(finding => finding.IsError).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<Project> Reached(Solution solution)
    {
        var graph = solution.GetProjectDependencyGraph();
        var changes = solution.GetChanges(accepted);
        var reached = changes.GetProjectChanges().Select(change => change.ProjectId).Concat(changes.GetAddedProjects().Select(project => project.Id))
            .SelectMany(id => graph.GetProjectsThatTransitivelyDependOnThisProject(id).Append(id))
            .ToHashSet();
        return solution.Projects.Where(project => project.Language == LanguageNames.CSharp && reached.Contains(project.Id));
    }

    private static async Task<Dictionary<CompilerFinding, int>> FindingsOfAsync(GeneratedSolution generated, ProjectId project, CancellationToken cancellationToken) =>
        generated.Solution.GetProject(project) is { } there && await there.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation
            ? CompilerFinding.Count(compilation.GetDiagnostics(cancellationToken).Concat(generated.DiagnosticsOf(project)))
            : [];
}
