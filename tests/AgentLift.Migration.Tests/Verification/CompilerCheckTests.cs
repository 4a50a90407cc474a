using AgentLift.Migration.Generating;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Verification;

public sealed class CompilerCheckTests
{
    private const string Code = "public class A\n{\n    void M() { int unused = 1; }\n}\n";

    private readonly DocumentId file;
    private readonly DocumentId caller;
    private readonly Solution solution;

    public CompilerCheckTests()
    {
        var (lower, upper) = (ProjectId.CreateNewId(), ProjectId.CreateNewId());
        (file, caller) = (DocumentId.CreateNewId(lower), DocumentId.CreateNewId(upper));
        solution = new AdhocWorkspace().CurrentSolution
            .AddProject(Library(lower, "Lower"))
            .AddProject(Library(upper, "Upper").WithProjectReferences([new ProjectReference(lower)]))
            .AddDocument(file, "A.cs", SourceText.From(Code), filePath: "/A.cs")
            .AddDocument(caller, "B.cs", SourceText.From("public class B : A { }\n"), filePath: "/B.cs");
    }

    [Fact]
    public async Task A_warning_that_only_moves_is_not_new() =>
        (await NewAfter("// one more line\n" + Code)).ShouldBeEmpty();

    [Fact]
    public async Task A_second_warning_of_the_same_kind_is_new() =>
        (await NewAfter(Code.Replace("int unused = 1;", "int unused = 1; { int other = 2; }"))).ShouldHaveSingleItem().Id.ShouldBe("CS0219");

    [Fact]
    public async Task The_same_warning_once_more_is_new() =>
        (await NewAfter(Code.Replace("int unused = 1;", "{ int unused = 1; } { int unused = 1; }"))).ShouldHaveSingleItem().IsError.ShouldBeFalse();

    [Fact]
    public async Task An_error_in_a_project_that_refers_to_the_changed_one_is_new()
    {
        var found = await NewAfter(Code.Replace("public class A", "public sealed class A"));

        found.ShouldHaveSingleItem().File.ShouldBe("/B.cs");
        found[0].IsError.ShouldBeTrue();
    }

    [Fact]
    public async Task A_warning_that_only_all_files_together_tell_is_not_new()
    {
        var start = solution.WithDocumentText(file, SourceText.From(Code.Replace("    void", "    private int never;\n\n    void")));

        (await NewAfter(start, "// one more line\n" + await TextOf(start))).ShouldBeEmpty();
        (await NewAfter(start, (await TextOf(start)).Replace("private int never;", "private int never; private int more;"))).ShouldHaveSingleItem().Id.ShouldBe("CS0169");
    }

    [Fact]
    public async Task A_warning_that_comes_to_another_file_is_new()
    {
        var found = await new CompilerCheck(solution, new SourceGenerators()).NewInAsync(solution.WithDocumentText(caller, SourceText.From("public class B : A { void N() { int more = 1; } }\n")), CancellationToken.None);

        found.ShouldHaveSingleItem().File.ShouldBe("/B.cs");
    }

    [Fact]
    public async Task A_suppressed_warning_does_not_count() =>
        (await NewAfter(Code.Replace("    void", "#pragma warning disable CS0219\n    void N() { int more = 1; }\n#pragma warning restore CS0219\n    void"))).ShouldBeEmpty();

    private static ProjectInfo Library(ProjectId id, string name) => ProjectInfo.Create(
        id, VersionStamp.Default, name, name, LanguageNames.CSharp,
        compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: ReferenceAssemblies.Load());

    private Task<IReadOnlyList<CompilerFinding>> NewAfter(string code) => NewAfter(solution, code);

    private async Task<IReadOnlyList<CompilerFinding>> NewAfter(Solution start, string code) =>
        await new CompilerCheck(start, new SourceGenerators()).NewInAsync(start.WithDocumentText(file, SourceText.From(code)), CancellationToken.None);

    private async Task<string> TextOf(Solution code) => (await code.GetDocument(file)!.GetTextAsync()).ToString();
}
