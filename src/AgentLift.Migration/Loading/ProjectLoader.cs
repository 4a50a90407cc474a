using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;

namespace AgentLift.Migration.Loading;

/// <summary>Loads solutions and projects through MSBuild.</summary>
internal static class ProjectLoader
{
    /// <summary>Loads what can be loaded.</summary>
    /// <exception cref="UnusableInputException">The solution, or the only project, cannot be read.</exception>
    public static async Task<LoadedSource> LoadAsync(
        AssessTarget target, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        using var workspace = MSBuildWorkspace.Create(ImmutableDictionary<string, string>.Empty, WorkspaceServices.All);
        workspace.LoadMetadataForReferencedProjects = false;
        workspace.SkipUnrecognizedProjects = true;

        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        var steps = new LoadSteps(progress);
        var asSolution = target.Kind == TargetKind.Solution && ReadsSolution(target.Files[0]);
        foreach (var file in target.Kind == TargetKind.Solution && !asSolution ? SolutionText.ProjectsOf(target.Files[0]) : target.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (asSolution)
                    await workspace.OpenSolutionAsync(file, steps, cancellationToken).ConfigureAwait(false);
                else if (!workspace.CurrentSolution.Projects.Any(project => SamePath(project.FilePath, file)))
                    await workspace.OpenProjectAsync(file, steps, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                errors.Add(LoadMessages.OfFailure(file, failure, target));
            }
        }

        var solution = workspace.CurrentSolution;
        if (errors.Count > 0 && !solution.Projects.Any())
            throw new UnusableInputException(errors[0]);
        errors.AddRange(LoadMessages.Of(workspace.Diagnostics, solution, target));

        // The workspace would keep every compilation of its solution alive; from here on only the caller does.
        workspace.CloseSolution();
        return new LoadedSource(solution, errors.ToImmutable());
    }

    // Roslyn reads the XML form from version 5 on; the bundled one is older.
    private static bool ReadsSolution(string file) =>
        !file.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase) || typeof(Workspace).Assembly.GetName().Version?.Major >= 5;

    private static bool SamePath(string? one, string other) =>
        string.Equals(one, other, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>Names each project once, when MSBuild begins with it.</summary>
    private sealed class LoadSteps(IProgress<AssessmentProgress> progress) : IProgress<ProjectLoadProgress>
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public void Report(ProjectLoadProgress value)
        {
            bool first;
            lock (seen)
                first = seen.Add(value.FilePath);
            if (first)
                progress.Report(new AssessmentProgress(AssessmentPhase.Loading, Path.GetFileNameWithoutExtension(value.FilePath)));
        }
    }
}
