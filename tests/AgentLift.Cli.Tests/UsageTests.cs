namespace AgentLift.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("assess")]
    [InlineData("assess", ".", "--format", "pdf")]
    [InlineData("assess", ".", "--fail-on", "awful")]
    [InlineData("assess", ".", "--update-baseline")]
    [InlineData("compare", "t.yaml")]
    [InlineData("compare", "t.yaml", "--new", "x")]
    [InlineData("compare", "t.yaml", "--old", "x", "--recorded", "r.json", "--new", "y")]
    [InlineData("compare", "t.yaml", "--old", "x", "--new", "y", "--timeout", "0")]
    [InlineData("compare", "t.yaml", "--old", "x", "--new", "y", "--format", "sarif")]
    [InlineData("measure", "tutor", "--before", "x")]
    [InlineData("measure", "tutor", "--before", "x", "--after", "y", "--runs", "2")]
    [InlineData("measure", "tutor", "--before", "x", "--after", "y", "--warm-ups", "-1")]
    [InlineData("measure", "tutor", "--before", "x", "--after", "y", "--settle", "soon")]
    [InlineData("measure", "tutor", "--before", "x", "--after", "y", "--ready-line", "(")]
    [InlineData("candidates", ".", "--top", "0")]
    [InlineData("candidates", ".", "--min-score", "11")]
    [InlineData("fly")]
    public async Task Bad_usage_ends_with_2_and_points_to_the_help(params string[] arguments)
    {
        var result = await Tool.RunAsync(folder.Path, arguments);

        result.ExitCode.ShouldBe(2, result.Errors);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldContain("agentlift: error: ");
        result.Errors.ShouldContain("--help");
    }

    [Fact]
    public async Task Help_names_the_commands_and_the_exit_codes()
    {
        var result = await Tool.RunAsync(folder.Path, "--help");

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("assess");
        result.Output.ShouldContain("explain");
        result.Output.ShouldContain("rules");
        result.Output.ShouldContain("compare");
        result.Output.ShouldContain("measure");
        result.Output.ShouldContain("candidates");
        result.Output.ShouldContain("Exit codes:");
        result.Output.ShouldContain("AGENTLIFT_ROSLYN");
    }

    [Fact]
    public async Task A_transcript_that_cannot_be_used_is_named_with_its_line()
    {
        File.WriteAllText(Path.Combine(folder.Path, "t.yaml"), "agent: tutor\nendpoints: { lines: { protocol: carrier-pigeon } }\nexchanges: []\n");

        var wrong = await Tool.RunAsync(folder.Path, "compare", "t.yaml", "--old", "x", "--new", "y");
        var missing = await Tool.RunAsync(folder.Path, "compare", "none.yaml", "--old", "x", "--new", "y");

        wrong.ExitCode.ShouldBe(2);
        wrong.Errors.ShouldContain("t.yaml(2): error: 'carrier-pigeon' is not known here; use one of: tcp, udp, http");
        missing.ExitCode.ShouldBe(2);
        missing.Errors.ShouldContain("none.yaml: error: the transcript cannot be read");
    }

    [Theory]
    [InlineData("table", "AGL2001 ManualThread")]
    [InlineData("json", "\"id\": \"AGL2001\"")]
    [InlineData("markdown", "| [AGL2001](")]
    public async Task Rules_are_listed(string format, string expected)
    {
        var result = await Tool.RunAsync(folder.Path, "rules", "--format", format);

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain(expected);
        result.Output.ShouldContain("AGL6004");
    }

    [Fact]
    public async Task An_unknown_source_of_Roslyn_is_refused()
    {
        var result = await Tool.RunAsync(folder.Path, [], new Dictionary<string, string> { ["AGENTLIFT_ROSLYN"] = "mine" }, "rules");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("set it to sdk or bundled");
    }

    [Theory]
    [InlineData("sdk")]
    [InlineData("bundled")]
    public async Task Both_sources_of_Roslyn_load_a_project(string source)
    {
        folder.WithProject("Fleet");

        var result = await Tool.RunAsync(
            folder.Path, [], new Dictionary<string, string> { ["AGENTLIFT_ROSLYN"] = source }, "assess", "Fleet/Fleet.csproj");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.ErrorLines.ShouldBeEmpty();
        result.Errors.ShouldContain("Loading Fleet ...");
        result.Errors.ShouldContain("Assessing Fleet ...");
    }

    [Fact]
    public async Task Quiet_says_nothing_besides_the_report()
    {
        folder.WithAgent();

        var result = await Tool.RunAsync(folder.Path, "assess", ".", "--verbosity", "quiet", "--output", "out/report.txt");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldBeEmpty();
        result.Output.ShouldBeEmpty();
        File.Exists(folder.At("out/report.txt")).ShouldBeTrue();
    }
}
