using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.Generating;

/// <summary>
/// The source generators of a solution. A workspace runs them again whenever someone asks for the compilation after an edit, which takes longer than the edits of
/// a lift; here they are taken out of the projects and run when they are told to. Safe from any thread.
/// </summary>
internal sealed class SourceGenerators : IDisposable
{
    private readonly ConcurrentDictionary<ProjectId, ProjectGenerators> projects = new();
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>What a project refers to by way of analyzers and generators, taken over or not.</summary>
    public IEnumerable<AnalyzerReference> ReferencesOf(Project project) =>
        projects.TryGetValue(project.Id, out var taken) ? taken.References.Concat(project.AnalyzerReferences) : project.AnalyzerReferences;

    /// <summary>Takes the generators out of the projects, and runs none.</summary>
    public async Task<Solution> TakeOverAsync(Solution solution, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var id in solution.ProjectIds.Where(id => solution.GetProject(id)!.Language == LanguageNames.CSharp))
                solution = TakeOver(solution.GetProject(id)!);
            return solution;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Runs the generators of all projects in which something may have changed since they ran last, and takes over those that a project has come to refer to.</summary>
    public async Task<GeneratedSolution> RunAsync(Solution solution, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var diagnostics = ImmutableDictionary.CreateBuilder<ProjectId, ImmutableArray<Diagnostic>>();
            foreach (var id in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects(cancellationToken).Where(id => solution.GetProject(id)!.Language == LanguageNames.CSharp))
            {
                solution = TakeOver(solution.GetProject(id)!);
                if (!projects.TryGetValue(id, out var generators))
                    continue;
                (solution, var reported) = await generators.RunAsync(solution.GetProject(id)!, cancellationToken).ConfigureAwait(false);
                if (!reported.IsEmpty)
                    diagnostics.Add(id, reported);
            }

            return new GeneratedSolution(solution, diagnostics.ToImmutable());
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The same, where nobody asks what the generators report.</summary>
    public async Task<Solution> RunOnAsync(Solution solution, CancellationToken cancellationToken) => (await RunAsync(solution, cancellationToken).ConfigureAwait(false)).Solution;

    public void Dispose() => gate.Dispose();

    private Solution TakeOver(Project project)
    {
        if (project.AnalyzerReferences.Count == 0)
            return project.Solution;
        projects.GetOrAdd(project.Id, static _ => new ProjectGenerators()).Take(project.AnalyzerReferences);
        return project.Solution.WithProjectAnalyzerReferences(project.Id, []);
    }
}
