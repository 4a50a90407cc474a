using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Detectors.HeavyDependencies;
using AgentLift.Core.Findings;
using AgentLift.Core.Manifest;
using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.Assessment;

/// <summary>What one project holds.</summary>
/// <param name="Agents">Its agents.</param>
/// <param name="ManifestEntries">The entries of the fleet manifest that its agents answer to.</param>
/// <param name="Errors">Its files that do not parse, data files that are wrong, and failures of the pass.</param>
internal sealed record AssessedProject(
    ImmutableArray<AssessedAgent> Agents, ImmutableArray<ManifestAgent> ManifestEntries, ImmutableArray<AssessmentError> Errors);

/// <summary>Runs the shared pass over one project.</summary>
internal sealed class ProjectAssessor(AssessmentOptions options, ReportedPaths paths)
{
    public async Task<AssessedProject> AssessAsync(Project project, CancellationToken cancellationToken)
    {
        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        errors.AddRange(await ParseErrors.OfAsync(project, paths, cancellationToken).ConfigureAwait(false));
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return new AssessedProject([], [], errors.ToImmutable());
        if (compilation.GetSpecialType(SpecialType.System_Object).TypeKind == TypeKind.Error)
            errors.Add(WithoutReferences(project));

        var collector = new AssessmentCollector(options.Overrides);
        var failures = new ConcurrentQueue<Exception>();
        await new CompilationWithAnalyzers(
            compilation,
            [collector],
            new CompilationWithAnalyzersOptions(
                project.AnalyzerOptions,
                onAnalyzerException: (failure, _, _) => failures.Enqueue(failure),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        errors.AddRange(collector.Problems.Distinct().Select(ErrorOf));
        errors.AddRange(failures.Select(failure => ErrorOf(project, failure)).Distinct());
        return new AssessedProject(
            ReportOf(project, collector.Agents, cancellationToken),
            [.. collector.Agents.Select(agent => agent.Identity.ManifestEntry).OfType<ManifestAgent>()],
            errors.ToImmutable());
    }

    private ImmutableArray<AssessedAgent> ReportOf(Project project, IReadOnlyCollection<AgentAssessment> agents, CancellationToken cancellationToken)
    {
        var name = project.FilePath is { } file ? Path.GetFileNameWithoutExtension(file) : project.Name;
        var report = new AgentReport(name, paths);
        return [.. DuplicateModelLoadDetector.AddTo(agents).Select(agent => report.Of(agent, cancellationToken))];
    }

    private AssessmentError ErrorOf(DataProblem problem) =>
        new(paths.Of(problem.File), problem.Line, problem.Message, problem.NextStep);

    private static AssessmentError ErrorOf(Project project, Exception failure) =>
        new(
            null,
            null,
            $"project {project.Name}: a detector failed: {failure.GetType().Name}: {failure.Message.Split('\n')[0].TrimEnd()}",
            "report it with the code that it failed on; the evidence of other detectors is complete");

    private AssessmentError WithoutReferences(Project project) =>
        AssessmentError.OfLoading(
            project.FilePath is { } file ? paths.Of(file) : null,
            null,
            $"project {project.Name} has no reference assemblies, so that most of its code cannot be understood",
            "restore it: dotnet restore, or leave out --no-restore");
}
