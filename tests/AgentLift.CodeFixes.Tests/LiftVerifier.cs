using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Runtime;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests;

/// <summary>Lifts sources in memory by one stage, and compiles what comes out: a rewrite that does not compile fails its test, whatever else it expects.</summary>
internal static class LiftVerifier
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. TestCompilation.References,
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Connections.ConnectionContext).Assembly.Location)!, "Microsoft.*.dll")
            .Append(typeof(BaseAgent).Assembly.Location)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)),
    ];

    /// <summary>Lifts one file and states what it is afterwards.</summary>
    public static async Task VerifyAsync(IEnumerable<IRewriter> rewriters, string before, string after)
    {
        var (texts, agents) = await LiftAsync(rewriters, before);
        texts[0].ShouldBe(after.ReplaceLineEndings("\n"), string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
    }

    /// <summary>Checks that a file stays as it is, and why.</summary>
    public static async Task VerifyRefusalAsync(IEnumerable<IRewriter> rewriters, string before, string reason)
    {
        var (texts, agents) = await LiftAsync(rewriters, before);
        texts[0].ShouldBe(before.ReplaceLineEndings("\n"));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    public static Task<(ImmutableArray<string> Texts, ImmutableArray<LiftedAgent> Agents)> LiftAsync(IEnumerable<IRewriter> rewriters, params string[] sources) =>
        LiftAsync(LiftOptions.Everything, rewriters, sources);

    public static Task<(ImmutableArray<string> Texts, ImmutableArray<LiftedAgent> Agents)> LiftAsync(LiftOptions options, IEnumerable<IRewriter> rewriters, params string[] sources) =>
        LiftAsync(options, rewriters, [], sources);

    /// <summary>Lifts files that refer to more than the runtime.</summary>
    public static async Task<(ImmutableArray<string> Texts, ImmutableArray<LiftedAgent> Agents)> LiftAsync(
        LiftOptions options, IEnumerable<IRewriter> rewriters, IEnumerable<MetadataReference> more, params string[] sources)
    {
        var solution = SolutionOf(sources.Select((source, i) => ($"/fleet/File{i}.cs", source.ReplaceLineEndings("\n"))), more);
        (await ErrorsAsync(solution)).ShouldBeEmpty("the test's source must compile");
        ImmutableArray<ILiftPass> passes = [new AgentPipeline(new AgentPass([.. rewriters]))];
        var lifted = await StageLift.ApplyAsync(solution, passes, options, CancellationToken.None);
        var documents = lifted.Solution.Projects.Single().Documents.Where(document => document.Name.StartsWith("File", StringComparison.Ordinal)).OrderBy(document => document.Name, StringComparer.Ordinal);
        var texts = await Task.WhenAll(documents.Select(async document => (await document.GetTextAsync()).ToString()));
        (await ErrorsAsync(lifted.Solution)).ShouldBeEmpty(string.Join("\n---\n", texts));

        var again = await StageLift.ApplyAsync(lifted.Solution, passes, options, CancellationToken.None);
        again.Agents.ShouldAllBe(agent => !agent.Changed, "a second run must write nothing");
        return ([.. texts], lifted.Agents);
    }

    public static Solution SolutionOf(IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference>? more = null)
    {
        var project = ProjectId.CreateNewId();
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(ProjectInfo.Create(
            project,
            VersionStamp.Default,
            "Fleet",
            "Fleet",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview),
            metadataReferences: References.Concat(more ?? [])));
        foreach (var (path, text) in files.Append(("/fleet/ImplicitUsings.cs", TestCompilation.ImplicitUsings)))
            solution = solution.AddDocument(DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(text), filePath: path);
        return solution;
    }

    /// <summary>Errors, and warnings of hidden members, with what the platform's generators add.</summary>
    public static async Task<ImmutableArray<string>> ErrorsAsync(Solution solution) =>
    [
        .. (await PlatformGenerators.CompileAsync(solution.Projects.Single()))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id is "CS0108" or "CS0109" or "CS0114")
            .Select(diagnostic => diagnostic.ToString()),
    ];
}
