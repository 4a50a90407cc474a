using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Loading;

/// <summary>Restores the packages of a target with <c>dotnet restore</c> in a process of its own.</summary>
internal static class PackageRestore
{
    /// <summary>Restores what can be restored: where one project breaks the restore of all, the others are restored without it.</summary>
    /// <returns>One error for each project that failed.</returns>
    public static async Task<ImmutableArray<AssessmentError>> RunAsync(
        AssessTarget target, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        if (target.Kind == TargetKind.LooseFiles)
            return [];

        progress.Report(new AssessmentProgress(AssessmentPhase.Restoring, target.Given));
        var errors = target.Files.Length == 1
            ? await RestoreAsync(target, target.Files[0], progress, cancellationToken).ConfigureAwait(false)
            : await RestoreAllAsync(target, target.Files, progress, cancellationToken).ConfigureAwait(false);
        var breaking = errors.Where(RestoreOutput.BreaksOthers).ToImmutableArray();
        var projects = target.Kind == TargetKind.Solution ? SolutionText.ProjectsOf(target.Files[0]) : target.Files;
        if (breaking.IsEmpty || projects.Length < 2)
            return errors;

        var paths = new ReportedPaths(target.Root);
        var broken = breaking.Select(error => error.File).ToHashSet();
        var others = projects.Where(project => File.Exists(project) && !broken.Contains(paths.Of(project))).ToImmutableArray();
        return others.IsEmpty
            ? errors
            : [.. breaking, .. await RestoreAllAsync(target, others, progress, cancellationToken).ConfigureAwait(false)];
    }

    private static async Task<ImmutableArray<AssessmentError>> RestoreAllAsync(
        AssessTarget target, ImmutableArray<string> projects, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        using var solution = TemporarySolution.Of(projects);
        return await RestoreAsync(target, solution.Path, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ImmutableArray<AssessmentError>> RestoreAsync(
        AssessTarget target, string file, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartOf(file, target.Root) };
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            return
            [
                AssessmentError.OfLoading(
                    target.Given, null, $"packages cannot be restored: {DotnetHost.Command} does not start: {failure.Message}",
                    "install the .NET SDK, or restore by other means and add --no-restore"),
            ];
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var text = await output.ConfigureAwait(false) + await errors.ConfigureAwait(false);
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                progress.Report(new AssessmentProgress(AssessmentPhase.Detail, line));
            return process.ExitCode == 0 ? [] : RestoreOutput.ErrorsOf(text, target);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo StartOf(string file, string folder)
    {
        // Nodes that stay alive would keep the pipes open, and this process waiting.
        var start = new ProcessStartInfo(
            DotnetHost.Command, ["restore", file, "-nologo", "-verbosity:quiet", "-nodeReuse:false", "-tl:off"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        DotnetHost.ClearInherited(start);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }
}
