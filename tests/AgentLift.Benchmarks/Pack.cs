using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Benchmarks;

/// <summary>A set of analyzers that is timed as a whole.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Assemblies">Its assemblies, dependencies included.</param>
internal sealed record Pack(string Name, IReadOnlyList<string> Assemblies)
{
    /// <summary>A build as the SDK makes it, with its own analyzers: what all packs are added to.</summary>
    public static Pack None { get; } = new("none", []);

    public static Pack AgentLift { get; } = new(
        "AgentLift",
        [.. Directory.GetFiles(Metadata("AnalyzerFolder"), "AgentLift.*.dll"), .. FromPackage("yamldotnet", "lib/netstandard2.0"), .. FromPackage("system.text.json", "lib/netstandard2.0")]);

    public static IReadOnlyList<Pack> Peers { get; } =
    [
        new("Roslynator.Analyzers 4.14.1", FromPackage("roslynator.analyzers", "analyzers")),
        new("Meziantou.Analyzer 3.0.305", FromPackage("meziantou.analyzer", "analyzers")),
        new("Microsoft.VisualStudio.Threading.Analyzers 18.12.1", FromPackage("microsoft.visualstudio.threading.analyzers", "analyzers/cs")),
        new("SonarAnalyzer.CSharp 10.32.0.713", FromPackage("sonaranalyzer.csharp", "analyzers")),
    ];

    /// <summary>Raises every rule of the pack to a warning, also those that are off by default.</summary>
    public string EveryRuleAsWarning()
    {
        var ids = Assemblies
            .SelectMany(assembly => new AnalyzerFileReference(assembly, Loader.Instance).GetAnalyzers(LanguageNames.CSharp))
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Select(descriptor => descriptor.Id)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return "is_global = true\n" + string.Concat(ids.Select(id => $"dotnet_diagnostic.{id}.severity = warning\n"));
    }

    public static string Metadata(string key) =>
        typeof(Pack).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;

    // A package may hold builds for several compilers: the newest that a compiler of version 4.14 or later takes.
    private static List<string> FromPackage(string id, string folder)
    {
        var versions = Directory.GetDirectories(Path.Combine(Metadata("PackageRoot"), id));
        var root = Path.Combine(versions.OrderBy(path => Version.Parse(Path.GetFileName(path))).Last(), folder);
        var byFolder = Directory.GetFiles(root, "*.dll", SearchOption.AllDirectories)
            .Where(path => !path.Contains("CodeFixes", StringComparison.Ordinal) && !path.EndsWith(".resources.dll", StringComparison.Ordinal) && !path.Contains("/vb/", StringComparison.Ordinal))
            .GroupBy(path => Path.GetDirectoryName(path)!);
        return [.. byFolder.OrderBy(group => RoslynVersion(group.Key)).Last()];
    }

    private static Version RoslynVersion(string folder) =>
        folder.Split('/').Select(part => part.StartsWith("roslyn", StringComparison.Ordinal) && Version.TryParse(part["roslyn".Length..], out var version) ? version : new Version(0, 0)).Max()!;

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath) =>
            System.Runtime.Loader.AssemblyLoadContext.Default.Resolving += (context, name) =>
                Path.GetFileNameWithoutExtension(fullPath) == name.Name ? context.LoadFromAssemblyPath(fullPath) : null;

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
