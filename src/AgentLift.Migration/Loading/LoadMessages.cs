using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>Turns what MSBuild and the workspace say into errors that name file, line and next step.</summary>
internal static partial class LoadMessages
{
    private const string CorrectProject = "correct the project so that 'dotnet build' loads it";

    /// <summary>The error of a file that could not be opened at all.</summary>
    public static AssessmentError OfFailure(string file, Exception failure, AssessTarget target)
    {
        var what = target.Kind == TargetKind.Solution ? "solution" : "project";
        var message = FirstLine(failure.Message);
        var line = LineInMessage().Match(message) is { Success: true } match ? int.Parse(match.Groups["line"].ValueSpan) : (int?)null;
        return AssessmentError.OfLoading(
            new ReportedPaths(target.Root).Of(file), line, $"the {what} does not load: {message}", $"correct the {what} so that 'dotnet build' loads it");
    }

    /// <summary>
    /// The first error of each file among the diagnostics of a workspace; projects in other languages are not errors. Neither is what MSBuild says of a project
    /// that has its files and references all the same: the workspace calls warnings failures too, and does not say which is which.
    /// </summary>
    public static ImmutableArray<AssessmentError> Of(IEnumerable<WorkspaceDiagnostic> diagnostics, Solution solution, AssessTarget target)
    {
        var paths = new ReportedPaths(target.Root);
        var loaded = solution.Projects.Where(project => project is { FilePath: not null, DocumentIds.Count: > 0, MetadataReferences.Count: > 0 }).Select(project => paths.Of(project.FilePath!)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Kind == WorkspaceDiagnosticKind.Failure)
                .Select(diagnostic => OfMessage(diagnostic.Message, paths))
                .Where(error => error.File is null || (error.File.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && !loaded.Contains(error.File)))
                .DistinctBy(error => error.File ?? error.Message),
        ];
    }

    private static AssessmentError OfMessage(string text, ReportedPaths paths)
    {
        var message = FirstLine(text);
        string? file = null;
        int? line = null;
        if (ProcessingFile().Match(message) is { Success: true } processing)
        {
            file = processing.Groups["file"].Value;
            message = processing.Groups["message"].Value;
        }
        else if (QuotedFile().Match(message) is { Success: true } quoted)
        {
            file = quoted.Groups["file"].Value;
        }

        if (PlaceInFront().Match(message) is { Success: true } place)
        {
            line = int.Parse(place.Groups["line"].ValueSpan);
            message = place.Groups["message"].Value;
        }

        return AssessmentError.OfLoading(file is null ? null : paths.Of(file), line, $"the project does not load: {message}", CorrectProject);
    }

    private static string FirstLine(string text) => text.AsSpan().Trim().ToString().Split('\n')[0].TrimEnd();

    [GeneratedRegex(@"^Msbuild failed when processing the file '(?<file>[^']+)' with message: (?<message>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex ProcessingFile();

    [GeneratedRegex(@"['""](?<file>[^'""]+\.\w*proj)['""]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex QuotedFile();

    [GeneratedRegex(@"^\S.*?\((?<line>\d+),\s*\d+\)\s*:?\s*(?<message>.*)$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex PlaceInFront();

    [GeneratedRegex(@"(\(|[Ll]ine:?\s+)(?<line>\d+)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex LineInMessage();
}
