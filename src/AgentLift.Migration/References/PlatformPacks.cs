using System.Collections.Immutable;
using System.Reflection;
using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.References;

/// <summary>What the SDK gives a project on the web framework: reference assemblies, and the generator of log methods.</summary>
internal static class PlatformPacks
{
    private const string Pack = "Microsoft.AspNetCore.App.Ref";
    private const string LogGenerator = "Microsoft.Extensions.Logging.Generators.dll";

    /// <summary>The reference assemblies of the newest version.</summary>
    public static Lazy<ImmutableArray<string>> References { get; } = new(() =>
        Newest()?.EnumerateDirectories("ref").SelectMany(folder => folder.EnumerateDirectories("net*")).FirstOrDefault() is { } folder
            ? [.. folder.EnumerateFiles("*.dll").Select(file => file.FullName)]
            : []);

    /// <summary>The generator of log methods; <see langword="null"/> where the SDK does not bring it.</summary>
    public static Lazy<AnalyzerReference?> LogMethods { get; } = new(() =>
        Newest()?.EnumerateFiles(LogGenerator, SearchOption.AllDirectories).FirstOrDefault() is { } file
            ? new AnalyzerFileReference(file.FullName, new LoadFrom())
            : null);

    /// <summary>Whether the generator is among what a project refers to.</summary>
    public static bool HasLogMethods(IEnumerable<AnalyzerReference> references) => Has(references, LogGenerator);

    /// <summary>Whether an assembly of analyzers and generators is among what a project refers to.</summary>
    /// <param name="references">What it refers to.</param>
    /// <param name="file">The file name of the assembly.</param>
    public static bool Has(IEnumerable<AnalyzerReference> references, string file) =>
        references.Any(reference => string.Equals(Path.GetFileName(reference.FullPath), file, StringComparison.OrdinalIgnoreCase));

    private static DirectoryInfo? Newest()
    {
        var folder = new DirectoryInfo(Path.Combine(DotnetHost.Root, "packs", Pack));
        return folder.Exists
            ? folder.EnumerateDirectories().MaxBy(version => Version.TryParse(version.Name.Split('-')[0], out var parsed) ? parsed : new Version())
            : null;
    }
}
