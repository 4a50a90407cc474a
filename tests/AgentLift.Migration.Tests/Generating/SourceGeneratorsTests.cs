using AgentLift.CodeFixes.Lifting;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Generating;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Generating;

public sealed class SourceGeneratorsTests : IDisposable
{
    private readonly TwinGenerator twins = new();
    private readonly SourceGenerators generators = new();
    private readonly ProjectId lower = ProjectId.CreateNewId();
    private readonly ProjectId upper = ProjectId.CreateNewId();
    private readonly DocumentId file;
    private readonly Solution loaded;

    public SourceGeneratorsTests()
    {
        file = DocumentId.CreateNewId(lower);
        var reference = new GeneratorReference("/packages/Twins.dll", twins);
        loaded = new AdhocWorkspace().CurrentSolution
            .AddProject(Library(lower, "Lower").WithAnalyzerReferences([reference]))
            .AddProject(Library(upper, "Upper").WithProjectReferences([new ProjectReference(lower)]))
            .AddDocument(file, "Poll.cs", SourceText.From("public class PollAgent { }\n"), filePath: "/fleet/Poll.cs")
            .AddDocument(DocumentId.CreateNewId(upper), "Use.cs", SourceText.From("class Use : PollAgentTwin { }\n"), filePath: "/fleet/Use.cs");
    }

    public void Dispose() => generators.Dispose();

    [Fact]
    public async Task What_they_write_stands_in_the_solution_and_other_projects_see_it()
    {
        var generated = await RunAsync(loaded);

        (await OutputOf(generated)).ShouldBe(["public class PollAgentTwin { }"]);
        (await ErrorsOf(generated, upper)).ShouldBeEmpty();
    }

    [Fact]
    public async Task They_do_not_run_after_an_edit_before_they_are_told_to()
    {
        var edited = Edit(await RunAsync(loaded), "public class OtherAgent { }\n");
        await ErrorsOf(edited, lower);

        twins.Written.ShouldBe(1);
        (await OutputOf(edited)).ShouldBe(["public class PollAgentTwin { }"]);
    }

    [Fact]
    public async Task An_edit_changes_what_they_write_when_they_run_again()
    {
        var edited = await RunAsync(Edit(await RunAsync(loaded), "public class PollAgent { }\npublic class SwapAgent { }\n"));
        (await OutputOf(edited)).ShouldBe(["public class PollAgentTwin { }", "public class SwapAgentTwin { }"]);

        var fewer = await RunAsync(Edit(edited, "public class SwapAgent { }\n"));
        (await OutputOf(fewer)).ShouldBe(["public class SwapAgentTwin { }"]);
        (await ErrorsOf(fewer, upper)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Code_that_has_not_changed_is_the_same_solution_and_runs_nothing()
    {
        var once = await RunAsync(loaded);

        (await RunAsync(once)).ShouldBeSameAs(once);
        (await RunAsync(Edit(once, "public class PollAgent { int moved; }\n"))).ShouldNotBeSameAs(once);
        twins.Written.ShouldBe(1, "the name of the class, which is all that the generator looks at, is the same");
    }

    [Fact]
    public async Task What_they_report_comes_with_the_run()
    {
        var generated = await generators.RunAsync(Edit(loaded, "public class OddAgent { }\n"), CancellationToken.None);
        generated.DiagnosticsOf(lower).ShouldHaveSingleItem().GetMessage().ShouldBe("OddAgent is odd");
        generated.DiagnosticsOf(upper).ShouldBeEmpty();

        (await generators.RunAsync(generated.Solution, CancellationToken.None)).DiagnosticsOf(lower).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_warning_that_a_generator_comes_to_report_is_new()
    {
        var start = await RunAsync(loaded);
        var check = new CompilerCheck(start, generators);

        var found = await check.NewInAsync(Edit(start, "public class PollAgent { }\npublic class OddAgent { }\n"), CancellationToken.None);

        found.ShouldHaveSingleItem().Id.ShouldBe("TWIN1");
    }

    [Fact]
    public async Task A_project_that_comes_to_refer_to_one_gets_it_once()
    {
        var more = new TwinGenerator();
        var generated = await RunAsync(loaded);
        var project = generated.GetProject(upper)!.AddAnalyzerReference(new GeneratorReference("/packages/More.dll", more))
            .AddDocument("Late.cs", "class LateAgent { }\n", filePath: "/fleet/Late.cs").Project;

        var once = await RunAsync(project.Solution);
        var twice = await RunAsync(once.GetProject(upper)!.AddAnalyzerReference(new GeneratorReference("/packages/More.dll", more)).Solution);

        (await ErrorsOf(twice, upper)).ShouldBeEmpty();
        twice.GetProject(upper)!.Documents.Count(GeneratedDocument.Is).ShouldBe(1);
        generators.ReferencesOf(twice.GetProject(upper)!).ShouldHaveSingleItem().FullPath.ShouldBe("/packages/More.dll");
    }

    [Fact]
    public async Task What_they_write_is_no_file_to_be_written()
    {
        var start = await RunAsync(loaded);
        var edited = await RunAsync(Edit(start, "public class OtherAgent { }\n"));

        var edits = await SolutionEdit.BetweenAsync(start, edited, CancellationToken.None);

        edits.ShouldHaveSingleItem().Path.ShouldBe("/fleet/Poll.cs");
    }

    private static ProjectInfo Library(ProjectId id, string name) => ProjectInfo.Create(
        id, VersionStamp.Default, name, name, LanguageNames.CSharp, filePath: $"/fleet/{name}.csproj",
        compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: ReferenceAssemblies.Load());

    private static async Task<IReadOnlyList<string>> ErrorsOf(Solution solution, ProjectId project) =>
        [.. (await solution.GetProject(project)!.GetCompilationAsync())!.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.GetMessage())];

    private async Task<Solution> RunAsync(Solution solution) => (await generators.RunAsync(solution, CancellationToken.None)).Solution;

    private Solution Edit(Solution solution, string text) => solution.WithDocumentText(file, SourceText.From(text));

    private async Task<IReadOnlyList<string>> OutputOf(Solution solution)
    {
        var texts = await Task.WhenAll(solution.GetProject(lower)!.Documents.Where(GeneratedDocument.Is).Select(async document => (await document.GetTextAsync()).ToString().TrimEnd()));
        return [.. texts.Order(StringComparer.Ordinal)];
    }
}
