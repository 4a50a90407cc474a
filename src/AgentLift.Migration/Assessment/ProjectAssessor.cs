using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core;
using AgentLift.Core.Data;
using AgentLift.Core.Detectors.HeavyDependencies;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;
using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Assessment;

/// <summary>What one project holds.</summary>
/// <param name="Agents">Its agents.</param>
/// <param name="ManifestEntries">The entries of the fleet manifest that its agents answer to.</param>
/// <param name="Errors">Its files that do not parse, data files that are wrong, and failures of the pass.</param>
internal sealed record AssessedProject(
    ImmutableArray<AssessedAgent> Agents, ImmutableArray<ManifestAgent> ManifestEntries, ImmutableArray<AssessmentError> Errors);

/// <summary>Assesses the types of one project as the analyzer does. The compiler has nothing to say here, so its diagnostics are not made.</summary>
internal sealed class ProjectAssessor(AssessmentOptions options, ReportedPaths paths)
{
    /// <param name="project">The project.</param>
    /// <param name="readings">Keeps what is read of each agent; <see langword="null"/> where nobody goes on with it.</param>
    /// <param name="cancellationToken">Stops the work between types.</param>
    public async Task<AssessedProject> AssessAsync(Project project, AgentReadings? readings, CancellationToken cancellationToken)
    {
        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        errors.AddRange(await ParseErrors.OfAsync(project, paths, cancellationToken).ConfigureAwait(false));
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return new AssessedProject([], [], errors.ToImmutable());
        if (compilation.GetSpecialType(SpecialType.System_Object).TypeKind == TypeKind.Error)
            errors.Add(WithoutReferences(project));

        var problems = new HashSet<DataProblem>();
        var data = FleetData.Read(project.AnalyzerOptions.AdditionalFiles, options.Overrides, problem => problems.Add(problem), cancellationToken);
        var found = new ConcurrentBag<(AgentAssessment Assessment, TypeFacts Facts)>();
        var failures = new ConcurrentBag<AssessmentError>();
        var configured = project.AnalyzerOptions.AnalyzerConfigOptionsProvider;
        var written = new WrittenCode(configured);
        var reader = new AgentReader(compilation, written, data, cancellationToken);
        Parallel.ForEach(new WrittenTypes(compilation, written).ThatCanBeAgents().ToList(), new ParallelOptions { CancellationToken = cancellationToken }, type =>
        {
            try
            {
                if (reader.Assess(type, AgentSettings.Read(configured.GetOptions(type.DeclaringSyntaxReferences[0].SyntaxTree)), cancellationToken) is { } agent)
                    found.Add(agent);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(ErrorOf(project, type, failure));
            }
        });

        readings?.Add(compilation, found);
        errors.AddRange(problems.Select(ErrorOf));
        errors.AddRange(failures);
        var agents = found.Select(agent => agent.Assessment).ToList();
        return new AssessedProject(
            ReportOf(project, agents, cancellationToken),
            [.. agents.Select(agent => agent.Identity.ManifestEntry).OfType<ManifestAgent>()],
            errors.ToImmutable());
    }

    private ImmutableArray<AssessedAgent> ReportOf(Project project, IReadOnlyCollection<AgentAssessment> agents, CancellationToken cancellationToken)
    {
        var name = project.FilePath is { } file ? Path.GetFileNameWithoutExtension(file) : project.Name;
        var report = new AgentReport(name, paths);
        // All at once: to take one after the other would need a thread besides, which only waits.
        return [.. DuplicateModelLoadDetector.AddTo(agents).ToArray().AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(agent => report.Of(agent, cancellationToken)).ToArray()];
    }

    private AssessmentError ErrorOf(DataProblem problem) =>
        new(paths.Of(problem.File), problem.Line, problem.Message, problem.NextStep);

    private AssessmentError ErrorOf(Project project, INamedTypeSymbol type, Exception failure)
    {
        var place = paths.PlaceOf(HandWritten.LocationOf(type));
        return new(
            place.File,
            place.Line,
            $"project {project.Name}: a detector failed on {type.Name}: {failure.GetType().Name}: {failure.Message.Split('\n')[0].TrimEnd()}",
            "report it with the code of this class, which was not assessed; all others were");
    }

    private AssessmentError WithoutReferences(Project project) =>
        AssessmentError.OfLoading(
            project.FilePath is { } file ? paths.Of(file) : null,
            null,
            $"project {project.Name} has no reference assemblies, so that most of its code cannot be understood",
            "restore it: dotnet restore, or leave out --no-restore");
}
