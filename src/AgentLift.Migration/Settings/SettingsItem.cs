using System.Text.RegularExpressions;
using AgentLift.Migration.References;
using Microsoft.Extensions.FileSystemGlobbing;

namespace AgentLift.Migration.Settings;

/// <summary>
/// Sees to it that a project puts its appsettings.json beside the program. The SDKs for workers and the web do so by themselves; the plain one leaves it where it
/// is, and a host reads it from the folder that it is started in, which beside a published program is the program's.
/// </summary>
internal static partial class SettingsItem
{
    private const string File = "appsettings.json";

    /// <summary>The project file with an item that copies the settings; the file as it is where they are copied already.</summary>
    /// <returns><see langword="null"/> where it is no project that can be added to.</returns>
    public static string? Add(string project)
    {
        var bare = Comment().Replace(project, string.Empty);
        if (CopyingSdk().IsMatch(bare) || Items().Matches(bare).Any(item => Copies(item.Value) && Covers(item.Groups["files"].Value)))
            return project;
        var verb = NoDefaultItems().IsMatch(bare) ? "Include" : "Update";
        return PackageReferenceEdit.Add(project, "None", $"<None {verb}=\"{File}\" CopyToOutputDirectory=\"PreserveNewest\" />");
    }

    /// <summary>Whether the project takes its settings from another folder, by a path or a link.</summary>
    public static bool IsElsewhere(string project) => Items().Matches(Comment().Replace(project, string.Empty)).Any(item =>
        item.Groups["files"].Value.Split(';', StringSplitOptions.TrimEntries).Any(file => file.Length > File.Length && file.EndsWith(File, StringComparison.OrdinalIgnoreCase) && !file.Contains('*', StringComparison.Ordinal))
        || Link().IsMatch(item.Value));

    private static bool Copies(string item) => item.Contains("CopyToOutputDirectory", StringComparison.Ordinal) && !item.Contains("Never", StringComparison.Ordinal);

    private static bool Covers(string files)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddIncludePatterns(files.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return matcher.Match(File).HasMatches;
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"Sdk\s*=\s*[""']Microsoft\.NET\.Sdk\.(Web|Worker)[""'/]|<Sdk\s[^>]*Name\s*=\s*[""']Microsoft\.NET\.Sdk\.(Web|Worker)[""']", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex CopyingSdk();

    [GeneratedRegex(@"<(?<kind>None|Content)\s[^>]*?\b(Include|Update)\s*=\s*[""'](?<files>[^""']*)[""'][^>]*?(/>|>.*?</\k<kind>>)", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Items();

    [GeneratedRegex(@"Link\s*=\s*[""']appsettings\.json[""']|<Link>\s*appsettings\.json\s*</Link>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Link();

    [GeneratedRegex(@"<(EnableDefaultItems|EnableDefaultNoneItems)>\s*false\s*<", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex NoDefaultItems();
}
