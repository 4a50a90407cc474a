using System.Text.RegularExpressions;
using AgentLift.Testing;

namespace AgentLift.Conventions.Tests;

/// <summary>The page docs/from-legacy-to-baseagent.md, read for its parts.</summary>
internal static partial class LiftGuide
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "from-legacy-to-baseagent.md"));

    /// <summary>The C# blocks with a mark, <c>before</c> or <c>after</c>, by the line that they begin in.</summary>
    public static IEnumerable<(int Line, string Code)> Code(string mark) => CodeBlocks().Matches(Text)
        .Where(block => block.Groups["mark"].Value == mark)
        .Select(block => (Text[..block.Index].Count(letter => letter == '\n') + 1, block.Groups["code"].Value));

    /// <summary>The rows of the tables of configuration keys: default by key.</summary>
    public static IReadOnlyDictionary<string, string> ConfigurationDefaults { get; } = KeyRows().Matches(Text)
        .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim().Trim('`'));

    [GeneratedRegex("^```csharp ?(?<mark>\\w*)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"^\| `(?<key>[^`]+:[^`]+)` \|[^|]*\|(?<default>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex KeyRows();
}
