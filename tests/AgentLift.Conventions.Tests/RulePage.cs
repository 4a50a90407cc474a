using System.Text.RegularExpressions;
using AgentLift.Testing;

namespace AgentLift.Conventions.Tests;

/// <summary>A page under rules/, read for its parts.</summary>
internal sealed partial class RulePage(string id)
{
    public string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "rules", id + ".md"));

    public string Heading => Text.Split('\n')[0].TrimEnd();

    /// <summary>The C# blocks of a section.</summary>
    public IReadOnlyList<string> Code(string section) =>
        [.. CodeBlocks().Matches(Section(section)).Select(match => match.Groups[1].Value)];

    /// <summary>The JSON blocks of a section, as the models file that its C# names.</summary>
    public IReadOnlyList<AdditionalFile> ModelsFiles(string section) =>
        [.. JsonBlocks().Matches(Section(section)).Select(match => new AdditionalFile("/fleet/vision.models.json", match.Groups[1].Value))];

    /// <summary>The text of a section, without its heading.</summary>
    public string Section(string section)
    {
        var start = Text.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        if (start < 0)
            return string.Empty;
        start = Text.IndexOf('\n', start + 1) + 1;
        var end = Text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return end < 0 ? Text[start..] : Text[start..end];
    }

    /// <summary>A cell of the table at the top.</summary>
    public string Cell(string row) =>
        Text.Split('\n').FirstOrDefault(line => line.StartsWith($"| {row} |", StringComparison.Ordinal))?.Split('|')[2].Trim() ?? string.Empty;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();
}
