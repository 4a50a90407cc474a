using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AgentLift.Migration.Loading;

/// <summary>Reads the projects that a solution lists from its text, also where the solution cannot be loaded.</summary>
internal static partial class SolutionText
{
    /// <summary>Full paths of the C# projects of a <c>.sln</c> or <c>.slnx</c>; both quote them.</summary>
    public static ImmutableArray<string> ProjectsOf(string solution)
    {
        var folder = Path.GetDirectoryName(solution)!;
        return
        [
            .. QuotedProject().Matches(File.ReadAllText(solution))
                .Select(match => Path.GetFullPath(Path.Combine(folder, match.Groups["path"].Value.Replace('\\', Path.DirectorySeparatorChar))))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"""(?<path>[^""\r\n]+\.csproj)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 2000)]
    private static partial Regex QuotedProject();
}
