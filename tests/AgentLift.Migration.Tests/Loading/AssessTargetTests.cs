using AgentLift.Migration.Assessment;
using AgentLift.Migration.Loading;

namespace AgentLift.Migration.Tests.Loading;

public sealed class AssessTargetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Fleet.sln", TargetKind.Solution)]
    [InlineData("Fleet.slnx", TargetKind.Solution)]
    [InlineData("Fleet.csproj", TargetKind.Projects)]
    [InlineData("Agent.cs", TargetKind.LooseFiles)]
    public void A_file_is_taken_by_its_extension(string file, TargetKind kind)
    {
        var target = AssessTarget.Resolve(folder.Write(file));

        target.Kind.ShouldBe(kind);
        target.Root.ShouldBe(folder.Path);
        target.Files.ShouldBe([folder.At(file)]);
    }

    [Fact]
    public void A_folder_is_the_one_solution_at_its_top()
    {
        folder.Write("src/App/App.csproj");
        folder.Write("src/Inner.sln");
        folder.Write("Fleet.slnx");

        AssessTarget.Resolve(folder.Path).Files.ShouldBe([folder.At("Fleet.slnx")]);
    }

    [Fact]
    public void Several_solutions_at_the_top_are_listed()
    {
        folder.Write("A.sln");
        folder.Write("B.slnx");

        var error = Should.Throw<UnusableInputException>(() => AssessTarget.Resolve(folder.Path)).Error;

        error.Message.ShouldBe("the folder holds 2 solutions: A.sln, B.slnx");
        error.NextStep.ShouldBe("name one of them");
        error.Kind.ShouldBe(AssessmentErrorKind.Input);
    }

    [Fact]
    public void A_folder_without_a_solution_is_all_projects_under_it()
    {
        folder.Write("b/B.csproj");
        folder.Write("a/deep/A.csproj");
        folder.Write("a/Loose.cs");
        folder.Write("a/obj/Generated.csproj");
        folder.Write("node_modules/Package.csproj");
        folder.Write(".agentlift/snapshot/Old.csproj");

        var target = AssessTarget.Resolve(folder.Path);

        target.Kind.ShouldBe(TargetKind.Projects);
        target.Files.ShouldBe([folder.At("a/deep/A.csproj"), folder.At("b/B.csproj")]);
    }

    [Fact]
    public void A_folder_without_a_project_is_all_source_files_under_it()
    {
        folder.Write("One.cs");
        folder.Write("inner/Two.cs");
        folder.Write("bin/Copy.cs");

        AssessTarget.Resolve(folder.Path).Files.ShouldBe([folder.At("One.cs"), folder.At("inner/Two.cs")]);
    }

    [Fact]
    public void Links_in_a_circle_end_and_name_each_file_once()
    {
        folder.Write("code/One.cs");
        Directory.CreateSymbolicLink(folder.At("code/self"), folder.At("code"));
        Directory.CreateSymbolicLink(folder.At("a-link"), folder.At("code"));
        Directory.CreateSymbolicLink(folder.At("code/up"), folder.Path);
        File.CreateSymbolicLink(folder.At("Also.cs"), folder.At("code/One.cs"));

        AssessTarget.Resolve(folder.Path).Files.Length.ShouldBe(1);
    }

    [Fact]
    public void A_link_to_itself_is_reported_and_passed_over()
    {
        folder.Write("One.cs");
        Directory.CreateSymbolicLink(folder.At("loop"), folder.At("loop"));

        AssessTarget.Resolve(folder.Path).Files.ShouldBe([folder.At("One.cs")]);
    }

    [Fact]
    public void A_missing_path_says_what_to_do()
    {
        var error = Should.Throw<UnusableInputException>(() => AssessTarget.Resolve(folder.At("gone.sln"))).Error;

        error.File.ShouldBe(folder.At("gone.sln"));
        error.Message.ShouldBe("the path does not exist");
        error.NextStep.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_folder_without_code_and_a_file_of_another_kind_are_refused()
    {
        Should.Throw<UnusableInputException>(() => AssessTarget.Resolve(folder.Path)).Message.ShouldContain("no solution");
        Should.Throw<UnusableInputException>(() => AssessTarget.Resolve(folder.Write("readme.md"))).Message.ShouldContain("'.md'");
    }
}
