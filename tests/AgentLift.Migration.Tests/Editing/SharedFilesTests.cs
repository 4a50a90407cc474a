using AgentLift.Migration.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Editing;

public sealed class SharedFilesTests
{
    private readonly DocumentId one;
    private readonly DocumentId two;
    private readonly Solution before;

    public SharedFilesTests()
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        (one, solution) = Add(solution, "One");
        (two, before) = Add(solution, "Two");
    }

    [Fact]
    public async Task An_edit_in_one_project_reaches_the_other()
    {
        var after = await SharedFiles.SpreadAsync(before, before.WithDocumentText(one, SourceText.From("class B { }")), CancellationToken.None);

        (await after!.GetDocument(two)!.GetTextAsync()).ToString().ShouldBe("class B { }");
        (await SolutionEdit.BetweenAsync(before, after, CancellationToken.None)).ShouldHaveSingleItem().Path.ShouldBe("/src/Shared.cs");
    }

    [Fact]
    public async Task Two_different_edits_of_one_file_are_refused()
    {
        var after = before.WithDocumentText(one, SourceText.From("class B { }")).WithDocumentText(two, SourceText.From("class C { }"));

        (await SharedFiles.SpreadAsync(before, after, CancellationToken.None)).ShouldBeNull();
    }

    private static (DocumentId, Solution) Add(Solution solution, string project)
    {
        var id = ProjectId.CreateNewId();
        var document = DocumentId.CreateNewId(id);
        return (document, solution.AddProject(id, project, project, LanguageNames.CSharp).AddDocument(document, "Shared.cs", SourceText.From("class A { }"), filePath: "/src/Shared.cs"));
    }
}
