using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>Takes files out of a solution that cannot be read or are too big to parse, before anything reads them.</summary>
internal static class SourceScreen
{
    public static LoadedSource Apply(LoadedSource source, string root, AssessmentOptions options)
    {
        var paths = new ReportedPaths(root);
        var errors = source.Errors.ToBuilder();
        var reported = new HashSet<string>(StringComparer.Ordinal);
        var solution = source.Solution;
        foreach (var document in source.Solution.Projects.SelectMany(project => project.Documents))
        {
            if (document.FilePath is not { } file || ErrorOf(file, paths.Of(file), options.LargestFile) is not { } error)
                continue;

            solution = solution.RemoveDocument(document.Id);
            if (reported.Add(file) && options.Files.Matches(error.File!))
                errors.Add(error);
        }

        return new LoadedSource(solution, errors.ToImmutable());
    }

    private static AssessmentError? ErrorOf(string file, string shown, long largest)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return stream.Length <= largest
                ? null
                : new AssessmentError(
                    shown,
                    null,
                    $"the file is skipped: {Megabytes(stream.Length)} MB is more than the {Megabytes(largest)} MB that are parsed",
                    "split the file, or leave it out with --exclude if it is generated");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            // What a build would generate is not missed.
            return IsBuildOutput(shown)
                ? null
                : new AssessmentError(shown, null, "the file does not exist, but its project lists it", "add the file or take it out of the project");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return new AssessmentError(shown, null, $"the file cannot be read: {failure.Message}", "give yourself read permission, or leave it out with --exclude");
        }
    }

    private static bool IsBuildOutput(string shown) => shown.Contains("obj/", StringComparison.Ordinal);

    private static string Megabytes(long bytes) => (bytes / 1024m / 1024m).ToString("0.#");
}
