using System.Text.Json;

namespace AgentLift.Cli.Tests;

public sealed class AssessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_solution_is_restored_and_reported_as_plain_text_in_a_pipe()
    {
        folder.WithProject("Fleet").Write("Fleet.slnx", "<Solution><Project Path=\"Fleet/Fleet.csproj\" /></Solution>");

        var result = await Tool.RunAsync(folder.Path, "assess", "Fleet.slnx");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("PollAgent");
        result.Output.ShouldNotContain("\u001b");
        result.ErrorLines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Target_frameworks_and_linked_files_give_each_piece_of_evidence_once()
    {
        folder.WithProject("One").WithProject("Two", "<ItemGroup><Compile Remove=\"**/*.cs\" /><Compile Include=\"../One/PollAgent.cs\" /></ItemGroup>");

        var once = await JsonOf("One/One.csproj");
        var twice = await JsonOf(".");

        twice.GetProperty("agents").GetArrayLength().ShouldBe(1);
        twice.GetProperty("agents")[0].GetProperty("evidence").GetArrayLength()
            .ShouldBe(once.GetProperty("agents")[0].GetProperty("evidence").GetArrayLength());
    }

    [Fact]
    public async Task The_agents_lifted_by_hand_are_found_lifted()
    {
        var result = await Tool.RunAsync(Tool.Repository, "assess", "samples/LiftedByHand/LiftedByHand.sln", "--no-restore");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("2 agents: 2 lifted, 0 legacy.");
    }

    [Theory]
    [InlineData("low", 1)]
    [InlineData("critical", 0)]
    public async Task The_gate_fails_from_its_level_on(string level, int exitCode)
    {
        var result = await Tool.RunAsync(folder.WithAgent().Path, "assess", ".", "--fail-on", level);

        result.ExitCode.ShouldBe(exitCode, result.Errors);
        result.Errors.Contains("Gate failed: 1 agent of low risk or higher: PollAgent").ShouldBe(exitCode == 1);
    }

    [Fact]
    public async Task With_a_baseline_only_new_evidence_fails_the_gate()
    {
        string[] gate = ["assess", ".", "--fail-on", "low", "--baseline", "known.json"];
        (await Tool.RunAsync(folder.WithAgent().Path, [.. gate, "--update-baseline"])).ExitCode.ShouldBe(0);

        var code = await File.ReadAllTextAsync(folder.At("PollAgent.cs"));
        File.Delete(folder.At("PollAgent.cs"));
        folder.Write("moved/Renamed.cs", "// moved\n\n" + code.Replace("    ", "\t").Replace("while (true)", "while (true) // for ever"));
        var moved = await Tool.RunAsync(folder.Path, gate);

        folder.Write("moved/Renamed.cs", code.Replace("Thread.Sleep(100);", "Thread.Sleep(100); Thread.Sleep(200);"));
        var grown = await Tool.RunAsync(folder.Path, gate);

        moved.ExitCode.ShouldBe(0, moved.Errors);
        grown.ExitCode.ShouldBe(1, grown.Errors);
        grown.Errors.ShouldContain("with new evidence: PollAgent");
    }

    [Fact]
    public async Task Globs_choose_agents_by_file()
    {
        folder.WithAgent("src/PollAgent.cs").WithAgent("old/PollAgent.cs");

        var all = await JsonOf(".");
        var included = await JsonOf(".", "--include", "src/**");
        var excluded = await JsonOf(".", "--exclude", "**/*Agent.cs");

        Agents(included).ShouldBe(1);
        Agents(excluded).ShouldBe(0);
        Agents(all).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_matrix_whose_weights_do_not_sum_to_1_is_named_with_its_line_and_the_rest_is_assessed()
    {
        folder.WithAgent();
        File.WriteAllText(folder.At("matrix.json"), (await File.ReadAllTextAsync(BuiltInMatrix)).Replace("\"weight\": 0.30", "\"weight\": 0.40"));

        var result = await Tool.RunAsync(folder.Path, "assess", ".", "--matrix", "matrix.json");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldMatch(@"^matrix\.json\(\d+\): error: the weights sum to 1\.1");
        result.Output.ShouldContain("PollAgent");
    }

    [Fact]
    public async Task A_manifest_that_names_an_unknown_type_is_named_with_its_line()
    {
        folder.WithAgent().Write(
            "agents.json",
            "{\n  \"agents\": [\n    { \"name\": \"poller\", \"type\": \"Fleet.PollAgent\" },\n    { \"name\": \"lost\", \"type\": \"Fleet.Lost\" }\n  ]\n}\n");

        var result = await Tool.RunAsync(folder.Path, "assess", ".", "--manifest", "agents.json");

        result.ExitCode.ShouldBe(2, result.Errors);
        result.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("agents.json(4): error: agent 'lost' names the type 'Fleet.Lost'");
        result.Output.ShouldContain("poller");
    }

    [Fact]
    public async Task Explain_prints_the_factors_and_an_unknown_name_gives_the_closest()
    {
        folder.WithAgent();

        var known = await Tool.RunAsync(folder.Path, "explain", "pollagent");
        var unknown = await Tool.RunAsync(folder.Path, "explain", "PolAgent");

        known.ExitCode.ShouldBe(0, known.Errors);
        known.Output.ShouldContain("threading");
        known.Output.ShouldContain("Thread.Sleep(100)");
        unknown.ExitCode.ShouldBe(2);
        unknown.ErrorLines.ShouldHaveSingleItem().ShouldBe("agentlift: error: no agent is called 'PolAgent'; the closest names are PollAgent");
    }

    [Fact]
    public async Task Loose_programs_are_kept_apart_and_see_the_files_beside_them()
    {
        folder.WithAgent("Shared/PollAgent.cs");
        const string Loop = "using Fleet;\nwhile (true) { Poll(); Thread.Sleep(100); }\nstatic void Poll() => File.AppendAllText(\"log.txt\", nameof(PollAgent));\n";
        folder.Write("First/Program.cs", Loop);
        folder.Write("Second/Program.cs", "#if NET10_0_OR_GREATER\n" + Loop + "#endif\n");

        var report = await JsonOf(".");

        report.GetProperty("agents").EnumerateArray()
            .Select(agent => agent.GetProperty("files").EnumerateArray().ShouldHaveSingleItem().GetString())
            .ShouldBe(["Shared/PollAgent.cs", "First/Program.cs", "Second/Program.cs"], ignoreOrder: true);
    }

    private static string BuiltInMatrix =>
        Path.GetFullPath(Path.Combine(Tool.Folder, "..", "..", "..", "..", "..", "rules", "risk-matrix.json"));

    private static int Agents(JsonElement report) => report.GetProperty("agents").GetArrayLength();

    private async Task<JsonElement> JsonOf(string target, params string[] options)
    {
        var result = await Tool.RunAsync(folder.Path, ["assess", target, "--format", "json", .. options]);
        result.ExitCode.ShouldBe(0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
