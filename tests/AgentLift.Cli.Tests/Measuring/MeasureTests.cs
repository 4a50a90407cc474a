using System.Text.Json;

namespace AgentLift.Cli.Tests.Measuring;

public sealed class MeasureTests : IDisposable
{
    private const string Address = "--Agents:echo:Endpoints:lines:Address=127.0.0.1:{port} --Agents:echo:Endpoints:messages:Address=127.0.0.1:0";
    private static readonly string Echo = $"dotnet {Tool.EchoAgent} {Address}";
    private static readonly string[] Short = ["--runs", "3", "--warm-ups", "0", "--settle", "0"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_agent_against_itself_is_measured_kept_and_found_by_candidates()
    {
        folder.WithAgent();

        var measured = await MeasureAsync(Echo, "--save", ".", "--format", "json");
        var candidates = await Tool.RunAsync(folder.Path, "candidates", ".", "--format", "json");

        measured.ExitCode.ShouldBe(0, measured.Errors);
        measured.Errors.ShouldContain("Run 3 of 3, after ...");
        measured.Errors.ShouldContain("Kept in agentlift.measurements.json; commit it.");
        var report = JsonDocument.Parse(measured.Output).RootElement;
        report.GetProperty("runs").GetInt32().ShouldBe(3);
        report.GetProperty("readyWhen").GetString().ShouldBe("accepts connections on {port}");
        report.GetProperty("startToReadyMilliseconds").GetProperty("before").GetProperty("median").GetDouble().ShouldBeGreaterThan(0);
        report.GetProperty("peakMemoryBytes").GetProperty("after").GetProperty("median").GetDouble().ShouldBeGreaterThan(1024 * 1024);

        candidates.ExitCode.ShouldBe(0, candidates.Errors);
        var poll = JsonDocument.Parse(candidates.Output).RootElement.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
        poll.GetProperty("measured").GetProperty("startToReadyMilliseconds").GetProperty("improvementPercent").GetDouble()
            .ShouldBe(report.GetProperty("startToReadyMilliseconds").GetProperty("improvementPercent").GetDouble());
    }

    [Fact]
    public async Task A_transcript_times_the_first_answer_and_compares_all_and_every_format_is_written()
    {
        folder.Write("t.yaml", "agent: echo\nendpoints: { lines: { protocol: tcp } }\nexchanges:\n- { endpoint: lines, send: [one, two] }\n");

        var table = await MeasureAsync(Echo, "--transcript", "t.yaml");
        var html = await MeasureAsync(Echo, "--ready-line", "Application started", "--format", "html", "--output", "out.html");

        table.ExitCode.ShouldBe(0, table.Errors);
        table.Output.ShouldContain("start to first answer");
        table.Output.ShouldContain("In all 3 pairs of runs the 2 answers are the same.");
        html.ExitCode.ShouldBe(0, html.Errors);
        (await File.ReadAllTextAsync(folder.At("out.html"))).ShouldStartWith("<!DOCTYPE html>");
    }

    [Theory]
    [InlineData("95", "Gate failed: ")]
    [InlineData("-100000", null)]
    public async Task The_gate_holds_only_where_the_improvement_is_clear(string percent, string? message)
    {
        var result = await MeasureAsync(Echo, "--fail-below", percent);

        result.ExitCode.ShouldBe(message is null ? 0 : 1, result.Errors);
        result.Errors.Contains("Gate failed: ", StringComparison.Ordinal).ShouldBe(message is not null);
    }

    [Fact]
    public async Task Forms_that_answer_otherwise_fail_and_are_not_kept()
    {
        folder.WithAgent().Write("t.yaml", "agent: echo\nendpoints: { lines: { protocol: tcp } }\nexchanges:\n- { endpoint: lines, send: [one] }\n");

        // The one speaks of lines where the other speaks of messages.
        var result = await MeasureAsync(
            $"dotnet {Tool.EchoAgent} --Agents:echo:Endpoints:messages:Address=127.0.0.1:{{port}} --Agents:echo:Endpoints:lines:Address=127.0.0.1:0",
            "--transcript", "t.yaml", "--save", ".", "--timeout", "1s");

        result.ExitCode.ShouldBe(1, result.Errors);
        result.Output.ShouldContain("In 3 of 3 pairs of runs the two forms did not behave the same on the wire; agentlift compare shows where.");
        result.Errors.ShouldContain("Not kept in agentlift.measurements.json");
        File.Exists(folder.At("agentlift.measurements.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_agent_that_does_not_start_or_ends_early_is_told_with_the_next_step()
    {
        var missing = await MeasureAsync("no-such-program");
        var empty = await MeasureAsync(" ");
        var early = await MeasureAsync($"dotnet {Tool.EchoAgent} --Agents:echo:Endpoints:lines:Address=nowhere");

        missing.ExitCode.ShouldBe(2);
        missing.Errors.ShouldContain("agentlift: error: the after agent cannot be started");
        missing.Errors.ShouldContain("correct the command 'no-such-program'");
        empty.ExitCode.ShouldBe(2);
        empty.Errors.ShouldContain("a command is empty; say how the agent is started");
        early.ExitCode.ShouldBe(2);
        early.Errors.ShouldContain("before it was ready, in run 1 of 3; start it by hand to see why; its last lines:");
    }

    [Fact]
    public async Task A_place_where_nothing_can_be_kept_is_found_out_before_anything_is_started()
    {
        folder.WithAgent().Write("agentlift.measurements.json", "{");

        var broken = await MeasureAsync(Echo, "--save", ".");
        var nowhere = await MeasureAsync(Echo, "--save", "none.sln");

        broken.ExitCode.ShouldBe(2);
        broken.Errors.ShouldContain("agentlift.measurements.json(1): error: the measurements cannot be read");
        broken.Errors.ShouldNotContain("Run 1");
        nowhere.ExitCode.ShouldBe(2, nowhere.Errors);
        nowhere.Errors.ShouldNotContain("Run 1");
    }

    private Task<ToolResult> MeasureAsync(string after, params string[] options) =>
        Tool.RunAsync(folder.Path, ["measure", "PollAgent", "--before", Echo, "--after", after, .. Short, .. options]);
}
