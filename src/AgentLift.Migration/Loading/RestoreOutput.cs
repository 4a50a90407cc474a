using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Loading;

/// <summary>Reads what a failed <c>dotnet restore</c> printed.</summary>
internal static partial class RestoreOutput
{
    /// <summary>The first error of each file; at least one error, since the restore failed.</summary>
    public static ImmutableArray<AssessmentError> ErrorsOf(string output, AssessTarget target)
    {
        var paths = new ReportedPaths(target.Root);
        var errors = ImmutableArray.CreateBuilder<AssessmentError>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in ErrorLine().Matches(output))
        {
            var file = paths.Of(match.Groups["file"].Value.Trim());
            if (!files.Add(file))
                continue;
            var code = match.Groups["code"].Value;
            errors.Add(AssessmentError.OfLoading(
                file,
                match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan) : null,
                $"the project does not restore: {code}{(code.Length > 0 ? ": " : string.Empty)}{match.Groups["message"].Value.Trim()}",
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
        _ when code.StartsWith("MSB", StringComparison.Ordinal) => "correct the file so that 'dotnet build' reads it",
        _ => $"run 'dotnet restore {file}' and correct what it names",
    };

    [GeneratedRegex(
        @"^\s*(?<file>[^\r\n]+?)(\((?<line>\d+)(,\d+)*\))?\s*:\s*([A-Z][\w ]*\s)?error\s*(?<code>[A-Z]+\d+)?\s*:\s*(?<message>[^\r\n]*?)(\s\[[^\]\r\n]+\])?\s*$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 2000)]
    private static partial Regex ErrorLine();
}
