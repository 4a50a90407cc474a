using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>What files without a project are compiled against: the newest targeting packs of the installed SDK, else the running framework.</summary>
internal static class ReferenceAssemblies
{
    private static readonly string[] Packs = ["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"];

    public static ImmutableArray<MetadataReference> Load()
    {
        var files = Packs.SelectMany(FilesOfPack).ToList();
        return [.. (files.Count > 0 ? files : RunningFramework()).Select(file => MetadataReference.CreateFromFile(file))];
    }

    private static IEnumerable<string> FilesOfPack(string pack)
    {
        var folder = new DirectoryInfo(Path.Combine(DotnetHost.Root, "packs", pack));
        if (!folder.Exists)
            return [];
        var reference = folder.EnumerateDirectories()
            .Select(version => (Folder: version, Version: Version.TryParse(version.Name.Split('-')[0], out var parsed) ? parsed : new Version()))
            .OrderByDescending(candidate => candidate.Version)
            .SelectMany(candidate => candidate.Folder.EnumerateDirectories("ref").SelectMany(inner => inner.EnumerateDirectories("net*")))
            .FirstOrDefault();
        return reference is null ? [] : reference.EnumerateFiles("*.dll").Select(file => file.FullName);
    }

    private static IEnumerable<string> RunningFramework()
    {
        var folder = RuntimeEnvironment.GetRuntimeDirectory();
        var trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
        return trusted.Split(Path.PathSeparator).Where(file => file.StartsWith(folder, StringComparison.Ordinal));
    }
}
