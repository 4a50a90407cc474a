using System.Collections.Immutable;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Loading;

/// <summary>What kind of input a target is.</summary>
public enum TargetKind
{
    /// <summary>One <c>.sln</c> or <c>.slnx</c>.</summary>
    Solution = 0,

    /// <summary>One or more <c>.csproj</c>.</summary>
    Projects = 1,

    /// <summary><c>.cs</c> files without a project.</summary>
    LooseFiles = 2,
}

/// <summary>What a path given by the user stands for.</summary>
/// <param name="Kind">The kind of <paramref name="Files"/>.</param>
/// <param name="Given">The path as given.</param>
/// <param name="Root">Full path of the folder that reported paths are relative to.</param>
/// <param name="Files">Full paths of the solution, the projects or the source files.</param>
/// <param name="Errors">Folders that could not be read on the way.</param>
public sealed record AssessTarget(
    TargetKind Kind,
    string Given,
    string Root,
    ImmutableArray<string> Files,
    ImmutableArray<AssessmentError> Errors)
{
    private const string Accepted = "name a .sln, .slnx, .csproj or .cs file, or a folder that holds one";

    /// <summary>Reads a path: a file by its extension; a folder by the one solution at its top, else by all projects under it, else by all C# files under it.</summary>
    /// <exception cref="UnusableInputException">The path is missing, of no known kind, empty or ambiguous.</exception>
    public static AssessTarget Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
            return OfFile(path, full);
        if (Directory.Exists(full))
            return OfFolder(path, full);
        throw Unusable(path, "the path does not exist", $"check the spelling, or {Accepted}");
    }

    private static AssessTarget OfFile(string given, string full)
    {
        TargetKind kind = Path.GetExtension(full).ToLowerInvariant() switch
        {
            ".sln" or ".slnx" => TargetKind.Solution,
            ".csproj" => TargetKind.Projects,
            ".cs" => TargetKind.LooseFiles,
            var other => throw Unusable(given, $"files of kind '{other}' cannot be assessed", Accepted),
        };
        return new AssessTarget(kind, given, Path.GetDirectoryName(full)!, [full], []);
    }

    private static AssessTarget OfFolder(string given, string full)
    {
        string[] solutions;
        try
        {
            solutions = [.. Directory.EnumerateFiles(full).Where(IsSolution).Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException)
        {
            throw Unusable(given, "the folder cannot be read", "give yourself read permission, or name another folder");
        }

        if (solutions.Length == 1)
            return new AssessTarget(TargetKind.Solution, given, full, [solutions[0]], []);
        if (solutions.Length > 1)
        {
            throw Unusable(
                given,
                $"the folder holds {solutions.Length} solutions: {string.Join(", ", solutions.Select(Path.GetFileName))}",
                "name one of them");
        }

        var scan = FolderScan.Of(full);
        if (scan.Projects.Length > 0)
            return new AssessTarget(TargetKind.Projects, given, full, scan.Projects, scan.Errors);
        if (scan.Sources.Length > 0)
            return new AssessTarget(TargetKind.LooseFiles, given, full, scan.Sources, scan.Errors);
        throw scan.Errors.IsEmpty
            ? Unusable(given, "the folder holds no solution, project or C# file", Accepted)
            : new UnusableInputException(scan.Errors[0]);
    }

    private static bool IsSolution(string file) =>
        file.EndsWith(".sln", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase);

    private static UnusableInputException Unusable(string given, string message, string nextStep) =>
        new(new AssessmentError(given, null, message, nextStep));
}
