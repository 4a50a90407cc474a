using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.Generating;

/// <summary>The source generators of one project, and how far their driver has come: what has not changed since it ran last is not worked out again.</summary>
internal sealed class ProjectGenerators
{
    private ImmutableArray<ISourceGenerator> generators = [];
    private GeneratorDriver? driver;
    private ImmutableArray<VersionStamp> drivenBy = [];
    private ImmutableArray<Diagnostic> diagnostics = [];
    private VersionStamp? seen;

    /// <summary>The references to generators that were taken over, and to analyzers.</summary>
    public ImmutableArray<AnalyzerReference> References { get; private set; } = [];

    /// <summary>Takes over what a project refers to, each assembly once.</summary>
    public void Take(IEnumerable<AnalyzerReference> added)
    {
        var known = References.Select(reference => reference.FullPath).ToHashSet(StringComparer.Ordinal);
        var unknown = added.Where(reference => reference.FullPath is null || known.Add(reference.FullPath)).ToList();
        if (unknown.Count == 0)
            return;
        References = [.. References, .. unknown];
        generators = [.. References.SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp))];
        (driver, seen) = (null, null);
    }

    /// <summary>Runs the generators, unless the project and all that it refers to are as they were when they ran last.</summary>
    /// <param name="project">The project, whose workspace runs no generators.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The solution with what they write now, and what they report.</returns>
    public async Task<(Solution Solution, ImmutableArray<Diagnostic> Diagnostics)> RunAsync(Project project, CancellationToken cancellationToken)
    {
        if (generators.IsEmpty || seen == await project.GetDependentVersionAsync(cancellationToken).ConfigureAwait(false))
            return (project.Solution, diagnostics);
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return (project.Solution, []);

        var before = project.Documents.Where(GeneratedDocument.Is).ToDictionary(document => document.FilePath!, StringComparer.Ordinal);
        var output = await Task.WhenAll(before.Values.Select(document => document.GetSyntaxTreeAsync(cancellationToken))).ConfigureAwait(false);
        driver = (await DriverAsync(project, cancellationToken).ConfigureAwait(false)).RunGenerators(compilation.RemoveSyntaxTrees(output!), cancellationToken);
        var result = driver.GetRunResult();
        var solution = await ReplacedAsync(project, before, result.GeneratedTrees, cancellationToken).ConfigureAwait(false);
        diagnostics = result.Diagnostics;
        seen = await solution.GetProject(project.Id)!.GetDependentVersionAsync(cancellationToken).ConfigureAwait(false);
        return (solution, diagnostics);
    }

    private static async Task<Solution> ReplacedAsync(Project project, Dictionary<string, Document> before, ImmutableArray<SyntaxTree> output, CancellationToken cancellationToken)
    {
        var solution = project.Solution;
        foreach (var tree in output)
        {
            var text = await tree.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (!before.Remove(tree.FilePath, out var document))
                solution = GeneratedDocument.Add(solution, project.Id, tree.FilePath, text);
            else if (!text.ContentEquals(await document.GetTextAsync(cancellationToken).ConfigureAwait(false)))
                solution = solution.WithDocumentText(document.Id, text);
        }

        return before.Count == 0 ? solution : solution.RemoveDocuments([.. before.Values.Select(document => document.Id)]);
    }

    // Other files and options than source code are for a new driver; a lift does not change them.
    private async Task<GeneratorDriver> DriverAsync(Project project, CancellationToken cancellationToken)
    {
        var versions = ImmutableArray.CreateBuilder<VersionStamp>();
        foreach (var document in project.AdditionalDocuments.Concat(project.AnalyzerConfigDocuments))
            versions.Add(await document.GetTextVersionAsync(cancellationToken).ConfigureAwait(false));
        if (driver is not null && drivenBy.SequenceEqual(versions))
            return driver;
        drivenBy = versions.ToImmutable();
        return CSharpGeneratorDriver.Create(
            generators,
            project.AnalyzerOptions.AdditionalFiles,
            (CSharpParseOptions?)project.ParseOptions,
            project.AnalyzerOptions.AnalyzerConfigOptionsProvider,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false, OutputFolderOf(project)));
    }

    private static string OutputFolderOf(Project project) =>
        Path.Combine(Path.GetDirectoryName(project.FilePath) ?? Path.GetTempPath(), "obj", "generated");
}
