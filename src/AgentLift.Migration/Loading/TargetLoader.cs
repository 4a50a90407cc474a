using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>A target in memory, its unreadable files left out.</summary>
/// <param name="Target">What the path stands for.</param>
/// <param name="Solution">Its projects.</param>
/// <param name="Errors">What could not be found, restored or loaded.</param>
internal sealed record LoadedTarget(AssessTarget Target, Solution Solution, ImmutableArray<AssessmentError> Errors);

/// <summary>Resolves, restores and loads what a path stands for.</summary>
internal static class TargetLoader
{
    /// <exception cref="UnusableInputException">Nothing of the target can be loaded.</exception>
    public static async Task<LoadedTarget> LoadAsync(
        string path, AssessmentOptions options, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        var target = AssessTarget.Resolve(path);
        var restoreErrors = options.Restore
            ? await PackageRestore.RunAsync(target, progress, cancellationToken).ConfigureAwait(false)
            : [];
        var source = target.Kind == TargetKind.LooseFiles
            ? LooseFileLoader.Load(target)
            : await ProjectLoader.LoadAsync(target, progress, cancellationToken).ConfigureAwait(false);
        source = SourceScreen.Apply(source, target.Root, options);
        var solution = target.Kind == TargetKind.LooseFiles
            ? await LoosePrograms.SeparateAsync(source.Solution, cancellationToken).ConfigureAwait(false)
            : source.Solution;
        return new LoadedTarget(target, solution, [.. target.Errors, .. restoreErrors, .. source.Errors]);
    }
}
