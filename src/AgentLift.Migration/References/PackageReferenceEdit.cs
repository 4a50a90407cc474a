using System.Text.RegularExpressions;

namespace AgentLift.Migration.References;

/// <summary>Adds one item to a project file as text, so that nothing else of the file changes: not its layout, comments or line endings.</summary>
internal static partial class PackageReferenceEdit
{
    /// <summary>The file with an item beside the others of its kind, else in a group of its own at the end.</summary>
    /// <param name="text">The file.</param>
    /// <param name="kind">The kind of item, such as <c>PackageReference</c>.</param>
    /// <param name="item">The item, such as <c>&lt;PackageReference Include="X" /&gt;</c>.</param>
    /// <returns><see langword="null"/> where the file is no project that can be added to.</returns>
    public static string? Add(string text, string kind, string item)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var bare = Comment().Replace(text, comment => new string(' ', comment.Length));
        if (Plain(bare, kind) is { } beside)
        {
            var lineStart = text.LastIndexOf('\n', beside.Index) + 1;
            var indent = text[lineStart..beside.Index];
            return indent.All(char.IsWhiteSpace)
                ? text.Insert(beside.Index + beside.Length, newLine + indent + item)
                : text.Insert(beside.Index + beside.Length, item);
        }

        var end = bare.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var unit = Indented().Match(bare) is { Success: true } first ? first.Groups["indent"].Value : "  ";
        var content = text[..end].TrimEnd();
        // An empty line before the end stays the habit of the file.
        var blank = text[content.Length..end].Count(letter => letter == '\n') > 1 ? newLine : string.Empty;
        return content + $"{newLine}{newLine}{unit}<ItemGroup>{newLine}{unit}{unit}{item}{newLine}{unit}</ItemGroup>{newLine}{blank}" + text[end..];
    }

    /// <summary>Whether a file names an item already.</summary>
    public static bool Has(string text, string kind, string name) =>
        Regex.IsMatch(Comment().Replace(text, string.Empty), $@"<{kind}\s[^>]*\b(Include|Update)\s*=\s*[""']{Regex.Escape(name)}[""']", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    // The last item of the kind in the first group without a condition.
    private static Match? Plain(string bare, string kind) => Group().Matches(bare)
        .Where(group => !group.Groups["head"].Value.Contains("Condition", StringComparison.Ordinal))
        .Select(group => Regex.Matches(bare[..(group.Index + group.Length)], $@"<{kind}\s[^>]*?(/>|>.*?</{kind}>)", RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2))
            .LastOrDefault(item => item.Index > group.Index))
        .FirstOrDefault(item => item is not null);

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<ItemGroup(?<head>[^>]*)(?<!/)>.*?</ItemGroup>", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Group();

    [GeneratedRegex(@"\n(?<indent>[ \t]+)<", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Indented();
}
