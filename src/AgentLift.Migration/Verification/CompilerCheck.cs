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
    private GeneratedSolution? generatedLast;
    private GeneratedSolution? generatedAccepted;

    /// <param name="start">The state that the first ones are compared with.</param>
    /// <param name="generators">The source generators of the solution.</param>
    public CompilerCheck(Solution start, SourceGenerators generators)
    {
        this.generators = generators;
        accepted = lastChecked = start;
    }

    /// <summary>Takes note of what the generators write in the accepted state, right after they have done so: later that would take another run, and one more to come back.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => generatedAccepted ??= await generators.RunAsync(accepted, cancellationToken).ConfigureAwait(false);

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

        (accepted, generatedAccepted) = (solution, lastChecked == solution ? generatedLast : null);
    }

    /// <summary>What a state reports that the accepted one does not; errors first. One that was found clean stays so, whatever was accepted on the way to it.</summary>
    public async Task<ImmutableArray<CompilerFinding>> NewInAsync(Solution solution, CancellationToken cancellationToken)
    {
        if (solution == clean)
            return [];
        (lastChecked, generatedLast, var found) = (solution, null, new List<CompilerFinding>());
        checkedLast.Clear();
        generatedLast = await generators.RunAsync(solution, cancellationToken).ConfigureAwait(false);
        foreach (var project in Reached(solution))
        {
            checkedLast[project.Id] = await FindingsOfAsync(generatedLast, project.Id, cancellationToken).ConfigureAwait(false);
            if (checkedLast[project.Id].Count > 0)
                found.AddRange(await NewInAsync(project.Id, checkedLast[project.Id], cancellationToken).ConfigureAwait(false));
        }

        clean = found.Count == 0 ? solution : clean;
        return [.. found.Distinct().OrderByDescending(finding => finding.IsError).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    // Mostly the files that have findings had them before. Only where these do not tell is all of the project compiled as it was.
    private async Task<IEnumerable<CompilerFinding>> NewInAsync(ProjectId project, Dictionary<CompilerFinding, int> findings, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(project, out var before))
        {
            generatedAccepted ??= await generators.RunAsync(accepted, cancellationToken).ConfigureAwait(false);
            var inFiles = await FindingsInAsync(generatedAccepted, project, [.. findings.Keys.Select(finding => finding.File)], cancellationToken).ConfigureAwait(false);
            if (!Beyond(inFiles).Any())
                return [];
            known[project] = before = await FindingsOfAsync(generatedAccepted, project, cancellationToken).ConfigureAwait(false);
        }

        return Beyond(before);

        IEnumerable<CompilerFinding> Beyond(Dictionary<CompilerFinding, int> others) => findings.Where(finding => finding.Value > others.GetValueOrDefault(finding.Key)).Select(finding => finding.Key);
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

    // Without what only all files together tell, such as a field that nobody uses.
    private static async Task<Dictionary<CompilerFinding, int>> FindingsInAsync(GeneratedSolution generated, ProjectId project, HashSet<string> files, CancellationToken cancellationToken)
    {
        if (generated.Solution.GetProject(project) is not { } there || await there.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return [];
        var reported = compilation.SyntaxTrees.Where(tree => files.Contains(tree.FilePath)).AsParallel().WithCancellation(cancellationToken)
            .SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken)).ToArray();
        return CompilerFinding.Count(reported.Distinct().Concat(generated.DiagnosticsOf(project)));
    }
}
