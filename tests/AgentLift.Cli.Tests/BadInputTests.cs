namespace AgentLift.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gone.sln")]
    [InlineData("gone/folder")]
    public async Task A_missing_path_ends_with_2(string path)
    {
        var result = await Tool.RunAsync(folder.Path, "assess", path);

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith($"{path}: error: the path does not exist; check the spelling");
    }

    [Theory]
    [InlineData("--matrix", "matrix", "name weighted, points or an existing file")]
    [InlineData("--manifest", "manifest", "name an existing agents.json or agents.yaml")]
    [InlineData("--baseline", "baseline", "check the path, or write it with --update-baseline")]
    public async Task A_missing_file_of_an_option_ends_with_2_before_the_long_work(string option, string what, string nextStep)
    {
        var result = await Tool.RunAsync(folder.WithAgent().Path, "assess", ".", option, "gone.json");

        result.ExitCode.ShouldBe(2);
        result.Errors.Trim().ShouldBe($"gone.json: error: the {what} does not exist; {nextStep}");
    }

    [Fact]
    public async Task A_malformed_baseline_is_named_with_its_line()
    {
        folder.WithAgent().Write("known.json", "{\n  \"version\": 1,\n  oops\n}");

        var result = await Tool.RunAsync(folder.Path, "assess", ".", "--baseline", "known.json");

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("known.json(3): error: the baseline is malformed");
    }

    [Fact]
    public async Task A_broken_solution_ends_with_3()
    {
        var result = await Tool.RunAsync(folder.Write("Fleet.sln", "not a solution").Path, "assess", "Fleet.sln");

        result.ExitCode.ShouldBe(3);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("Fleet.sln: error: the solution does not load: ");
    }

    [Fact]
    public async Task A_project_that_does_not_restore_ends_with_3_and_the_rest_is_assessed()
    {
        folder.WithProject("Good").WithProject("Bad", "<ItemGroup><PackageReference Include=\"Agentlift.No.Such.Package\" Version=\"1.0.0\" /></ItemGroup>");

        var result = await Tool.RunAsync(folder.Path, "assess", ".");

        result.ExitCode.ShouldBe(3, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("Bad/Bad.csproj: error: the project does not restore: NU1");
        result.Errors.ShouldContain("Assessing Good");
    }

    [Fact]
    public async Task A_project_that_loads_with_warnings_is_no_error()
    {
        folder.WithProject("Good", "<Target Name=\"Grumble\" BeforeTargets=\"ResolveReferences\"><Warning Code=\"NU1603\" Text=\"another version was resolved instead\" /></Target>");

        var result = await Tool.RunAsync(folder.Path, "assess", ".");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldNotContain("does not load");
    }

    [Fact]
    public async Task A_malformed_project_is_named_with_its_line_and_the_rest_is_restored_and_assessed()
    {
        folder.WithProject("Good").Write("Bad/Bad.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n</Project>\n");

        var result = await Tool.RunAsync(folder.Path, "assess", ".");

        result.ExitCode.ShouldBe(3, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("Bad/Bad.csproj(3): error: the project does not load: ");
        File.Exists(folder.At("Good/obj/project.assets.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_does_not_parse_ends_with_2_and_names_its_first_error()
    {
        folder.WithAgent().Write("Broken.cs", "class Broken\n{\n    void Method( {\n}\n");

        var result = await Tool.RunAsync(folder.Path, "assess", ".");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("Broken.cs(3): error: the file does not parse (2 errors): CS1026");
    }

    [Fact]
    public async Task A_huge_file_is_skipped_and_can_be_left_out()
    {
        folder.WithAgent().Write("Generated.cs", "// " + new string('x', 20 * 1024 * 1024));

        var result = await Tool.RunAsync(folder.Path, "assess", ".");
        var without = await Tool.RunAsync(folder.Path, "assess", ".", "--exclude", "Generated.cs");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("Generated.cs: error: the file is skipped: 20 MB is more than the 5 MB");
        without.ExitCode.ShouldBe(0, without.Errors);
    }

    [Fact]
    public async Task Folders_linked_in_a_circle_end()
    {
        folder.WithAgent("code/PollAgent.cs");
        Directory.CreateSymbolicLink(folder.At("code/up"), folder.Path);

        var result = await Tool.RunAsync(folder.Path, "assess", ".");

        result.ExitCode.ShouldBe(0, result.Errors);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_ends_with_2()
    {
        folder.WithAgent();

        var result = await Tool.RunAsync(folder.Path, "assess", ".", "--output", "PollAgent.cs/report.json");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("PollAgent.cs/report.json: error: the report cannot be written");
    }
}
