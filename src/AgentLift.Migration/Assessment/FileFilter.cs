using Microsoft.Extensions.FileSystemGlobbing;

namespace AgentLift.Migration.Assessment;

/// <summary>Chooses files by globs over their paths relative to the target's folder, such as <c>src/**/*.cs</c> or <c>**/Legacy/**</c>.</summary>
public sealed class FileFilter
{
    private readonly Matcher? matcher;

    private FileFilter(Matcher? matcher) => this.matcher = matcher;

    /// <summary>Lets every file through.</summary>
    public static FileFilter All { get; } = new(null);

    /// <summary>A filter that lets through what one of <paramref name="include"/> matches (everything where there is none) and none of <paramref name="exclude"/>.</summary>
    public static FileFilter Of(IReadOnlyCollection<string> include, IReadOnlyCollection<string> exclude)
    {
        if (include.Count == 0 && exclude.Count == 0)
            return All;

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddIncludePatterns(include.Count == 0 ? ["**/*"] : include.SelectMany(PatternsOf));
        matcher.AddExcludePatterns(exclude.SelectMany(PatternsOf));
        return new FileFilter(matcher);
    }

    /// <summary>Whether a file counts.</summary>
    /// <param name="path">Path relative to the target's folder, with forward slashes.</param>
    public bool Matches(string path) => matcher is null || matcher.Match(OutsideMarked(path)).HasMatches;

    /// <summary>What a glob stands for: a name without a wildcard is a file or a whole folder.</summary>
    private static IEnumerable<string> PatternsOf(string glob)
    {
        var pattern = glob.Replace('\\', '/').TrimEnd('/');
        pattern = OutsideMarked(pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern);
        return pattern.EndsWith('*') ? [pattern] : [pattern, pattern + "/**"];
    }

    // The matcher takes ".." as a step up from its own root, where nothing lies.
    private static string OutsideMarked(string path) => path.Replace("../", "__outside__/");
}
