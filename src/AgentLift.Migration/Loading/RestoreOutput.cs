using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Loading;

/// <summary>Reads what a failed <c>dotnet restore</c> printed.</summary>
internal static partial class RestoreOutput
{
    private const string MissingProject = "MSB3202";
    private const string MissingProjectMessage = "the project does not exist";
    private const string Load = "load: MSBuild says";

    /// <summary>Whether an error keeps other projects from being restored: a missing or malformed file does, a missing package does not.</summary>
    public static bool BreaksOthers(AssessmentError error) =>
        error.Message == MissingProjectMessage || error.Message.Contains(Load, StringComparison.Ordinal);

    /// <summary>The first error of each file; at least one error, since the restore failed.</summary>
    public static ImmutableArray<AssessmentError> ErrorsOf(string output, AssessTarget target)
    {
        var paths = new ReportedPaths(target.Root);
        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in ErrorLine().Matches(output))
        {
            var code = match.Groups["code"].Value;
            var message = match.Groups["message"].Value.Trim();
            var missing = code == MissingProject ? QuotedPath().Match(message) : Match.Empty;
            var file = paths.Of(missing.Success ? missing.Groups["path"].Value : match.Groups["file"].Value.Trim());
            if (!files.Add(file))
                continue;
            errors.Add(missing.Success
                ? AssessmentError.OfLoading(file, null, MissingProjectMessage, "correct the path, or take the project out of what refers to it")
                : AssessmentError.OfLoading(
                    file,
                    match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan) : null,
                    $"the project does not {(IsOfMSBuild(code) ? Load : "restore")}: {code}{(code.Length > 0 ? ": " : string.Empty)}{message}",
                    NextStepOf(code, file)));
        }

        if (errors.Count == 0)
        {
            var last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
            errors.Add(AssessmentError.OfLoading(
                paths.Of(target.Given),
                null,
                $"dotnet restore failed: {last ?? "it printed nothing"}",
                $"run 'dotnet restore {target.Given}' to see why, or add --no-restore"));
        }

        return errors.ToImmutable();
    }

    private static string NextStepOf(string code, string file) => code switch
    {
        "NU1100" or "NU1101" or "NU1102" or "NU1103" =>
            "correct the package name or version, or add the feed that has it (dotnet nuget list source shows yours)",
        "NU1301" or "NU1303" => "make the feed reachable, or restore elsewhere and add --no-restore",
        "NU1004" => $"update the lock file: dotnet restore {file} --force-evaluate",
        _ when IsOfMSBuild(code) => "correct the file so that 'dotnet build' reads it",
        _ => $"run 'dotnet restore {file}' and correct what it names",
    };

    private static bool IsOfMSBuild(string code) => code.StartsWith("MSB", StringComparison.Ordinal);

    [GeneratedRegex("\"(?<path>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex QuotedPath();

    [GeneratedRegex(
        @"^\s*(?<file>[^\r\n]+?)(\((?<line>\d+)(,\d+)*\))?\s*:\s*([A-Z][\w ]*\s)?error\s*(?<code>[A-Z]+\d+)?\s*:\s*(?<message>[^\r\n]*?)(\s\[[^\]\r\n]+\])?\s*$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 2000)]
    private static partial Regex ErrorLine();
}
