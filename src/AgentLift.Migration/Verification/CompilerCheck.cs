using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Migration.Verification;

/// <summary>
/// Compares what the compiler, with the source generators of each project, says of two states of a solution. What one state
/// reported counts again only for projects that a change can reach.
/// </summary>
internal sealed class CompilerCheck
{
    private readonly Dictionary<ProjectId, Dictionary<CompilerFinding, int>> known = [];
    private readonly Dictionary<ProjectId, Dictionary<CompilerFinding, int>> checkedLast = [];
    private Solution accepted;
    private Solution lastChecked;

    /// <param name="start">The state that the first ones are compared with.</param>
    public CompilerCheck(Solution start) => accepted = lastChecked = start;

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

    /// <summary>What a state reports that the accepted one does not; errors first.</summary>
    public async Task<ImmutableArray<CompilerFinding>> NewInAsync(Solution solution, CancellationToken cancellationToken)
    {
        (lastChecked, var found) = (solution, new List<CompilerFinding>());
        checkedLast.Clear();
        foreach (var project in Reached(solution))
        {
            checkedLast[project.Id] = await FindingsOfAsync(project, cancellationToken).ConfigureAwait(false);
            if (checkedLast[project.Id].Count == 0)
                continue;
            if (!known.TryGetValue(project.Id, out var before))
                known[project.Id] = before = accepted.GetProject(project.Id) is { } original ? await FindingsOfAsync(original, cancellationToken).ConfigureAwait(false) : [];
            found.AddRange(checkedLast[project.Id].Where(finding => finding.Value > before.GetValueOrDefault(finding.Key)).Select(finding => finding.Key));
        }

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

    private static async Task<Dictionary<CompilerFinding, int>> FindingsOfAsync(Project project, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return [];
        var generated = await OfGeneratorsAsync(project, compilation, cancellationToken).ConfigureAwait(false);
        return CompilerFinding.Count(compilation.GetDiagnostics(cancellationToken).Concat(generated));
    }

    // A workspace keeps what its generators report to itself, so they run once more, on the code without their output.
    private static async Task<ImmutableArray<Diagnostic>> OfGeneratorsAsync(Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        var generators = project.AnalyzerReferences.SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp)).ToImmutableArray();
        if (generators.IsEmpty)
            return [];
        var output = new List<SyntaxTree>();
        foreach (var document in await project.GetSourceGeneratedDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) is { } tree)
                output.Add(tree);
        }

        var driver = CSharpGeneratorDriver.Create(
            generators, project.AnalyzerOptions.AdditionalFiles, (CSharpParseOptions?)project.ParseOptions, project.AnalyzerOptions.AnalyzerConfigOptionsProvider);
        return driver.RunGenerators(compilation.RemoveSyntaxTrees(output), cancellationToken).GetRunResult().Diagnostics;
    }
}
