using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Migration.Loading;

namespace AgentLift.Migration.Assessment;

/// <summary>Assesses a target: resolve, restore, load, look at project after project, report.</summary>
/// <param name="options">How.</param>
/// <param name="progress">Told what begins, from any thread.</param>
public sealed class FleetAssessor(AssessmentOptions options, IProgress<AssessmentProgress> progress)
{
    /// <summary>Assesses what a path stands for.</summary>
    /// <param name="path">A solution, project, folder or C# file.</param>
    /// <param name="cancellationToken">Stops the work between files.</param>
    /// <exception cref="UnusableInputException">Nothing of the target can be assessed.</exception>
    public async Task<FleetAssessment> AssessAsync(string path, CancellationToken cancellationToken)
    {
        var (target, projects, errors) = await QueueAsync(path, cancellationToken).ConfigureAwait(false);
        return await AssessAsync(target, projects, errors, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Assesses what is loaded already, and leaves it loaded.</summary>
    /// <param name="loaded">The target.</param>
    /// <param name="readings">Keeps what is read of each agent.</param>
    /// <param name="cancellationToken">Stops the work between files.</param>
    internal Task<FleetAssessment> AssessAsync(LoadedTarget loaded, AgentReadings readings, CancellationToken cancellationToken) =>
        AssessAsync(loaded.Target, new ProjectQueue(loaded.Solution), loaded.Errors, readings, cancellationToken);

    private async Task<FleetAssessment> AssessAsync(
        AssessTarget target, ProjectQueue projects, ImmutableArray<AssessmentError> errors, AgentReadings? readings, CancellationToken cancellationToken)
    {
        var found = await AssessAllAsync(projects, new ReportedPaths(target.Root), readings, cancellationToken).ConfigureAwait(false);
        var agents = AgentMerge.Of(found.SelectMany(project => project.Agents).Where(Counts));
        return new FleetAssessment(
            options.Tool,
            target.Given,
            MatrixOf(agents),
            agents,
            ErrorsOf(errors, found.SelectMany(project => project.Errors), ManifestCoverage.ErrorsOf(options.Overrides.Manifest, found)));
    }

    /// <summary>Only the queue keeps the solution, so that it can let go of it piece by piece.</summary>
    private async Task<(AssessTarget Target, ProjectQueue Projects, ImmutableArray<AssessmentError> Errors)> QueueAsync(string path, CancellationToken cancellationToken)
    {
        var loaded = await TargetLoader.LoadAsync(path, options, progress, cancellationToken).ConfigureAwait(false);
        return (loaded.Target, new ProjectQueue(loaded.Solution), loaded.Errors);
    }

    private async Task<List<AssessedProject>> AssessAllAsync(ProjectQueue projects, ReportedPaths paths, AgentReadings? readings, CancellationToken cancellationToken)
    {
        var assessor = new ProjectAssessor(options, paths);
        var results = new List<AssessedProject>();
        while (projects.Next() is { } project)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new AssessmentProgress(AssessmentPhase.Assessing, project.Name, results.Count, projects.Total));
            results.Add(await assessor.AssessAsync(project, readings, cancellationToken).ConfigureAwait(false));
            if (readings is null)
                projects.LetGo(project.Id);
        }

        return results;
    }

    private bool Counts(AssessedAgent agent) => agent.Files.Any(options.Files.Matches);

    private string MatrixOf(ImmutableArray<AssessedAgent> agents) =>
        agents.IsEmpty ? options.Overrides.MatrixName ?? options.Overrides.MatrixFile?.Path ?? "weighted" : agents[0].Risk.Matrix;

    /// <summary>Each error once; of what restoring and loading say about the same file, the first.</summary>
    private ImmutableArray<AssessmentError> ErrorsOf(params IEnumerable<AssessmentError>[] stages)
    {
        var all = stages.SelectMany(errors => errors).Distinct().ToList();
        var loading = all.Where(error => error is { Kind: AssessmentErrorKind.Load, File: not null }).DistinctBy(error => error.File).ToHashSet();
        return
        [
            .. all.Where(error => error.Kind != AssessmentErrorKind.Load || error.File is null || loading.Contains(error))
                .Where(error => !IsLeftOut(error))
                .OrderBy(error => error.File ?? string.Empty, StringComparer.Ordinal)
                .ThenBy(error => error.Line ?? 0),
        ];
    }

    /// <summary>Whether the error is about a source file that the user leaves out.</summary>
    private bool IsLeftOut(AssessmentError error) =>
        error.File is { } file && file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && !options.Files.Matches(file);
}
