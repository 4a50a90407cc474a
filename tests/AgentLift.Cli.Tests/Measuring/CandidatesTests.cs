using System.Text.Json;
using AgentLift.Cli.Tests.Migrating;

namespace AgentLift.Cli.Tests.Measuring;

public sealed class CandidatesTests
{
    private const string Measurements =
        """
        {
          "version": 1,
          "agents": [
            {"agent":"digital-twin","taken":"2030-01-31T12:00:00+00:00","tool":"agentlift 0.1.0","machine":"a machine","readyWhen":"r","before":[{"readyMilliseconds":3200,"firstAnswerMilliseconds":null,"peakBytesAtReady":300000000,"peakBytes":300000000}],"after":[{"readyMilliseconds":800,"firstAnswerMilliseconds":null,"peakBytesAtReady":300000000,"peakBytes":300000000}]},
            {"agent":"retired","taken":"2030-01-31T12:00:00+00:00","tool":"agentlift 0.1.0","machine":"a machine","readyWhen":"r","before":[{"readyMilliseconds":1,"firstAnswerMilliseconds":null,"peakBytesAtReady":1,"peakBytes":1}],"after":[{"readyMilliseconds":1,"firstAnswerMilliseconds":null,"peakBytesAtReady":1,"peakBytes":1}]}
          ]
        }

        """;

    [Fact]
    public async Task The_legacy_fleet_is_ranked_and_what_was_measured_stands_beside_what_is_estimated()
    {
        using var fleet = new FleetCopy();
        await File.WriteAllTextAsync(Path.Combine(fleet.Folder, "agentlift.measurements.json"), Measurements);

        var all = await Tool.RunAsync(fleet.Folder, "candidates", "LegacyFleet.sln", "--format", "json");
        var best = await Tool.RunAsync(fleet.Folder, "candidates", "LegacyFleet.sln", "--no-restore", "--top", "3", "--min-score", "6");
        var markdown = await Tool.RunAsync(fleet.Folder, "candidates", "LegacyFleet.sln", "--no-restore", "--format", "markdown");

        all.ExitCode.ShouldBe(0, all.Errors);
        var report = JsonDocument.Parse(all.Output).RootElement;
        var candidates = report.GetProperty("candidates").EnumerateArray().ToList();
        candidates.Count.ShouldBe(14);
        candidates.Select(candidate => candidate.GetProperty("rank").GetInt32()).ShouldBe(Enumerable.Range(1, 14));
        candidates.Select(candidate => candidate.GetProperty("score").GetDecimal()).ShouldBeInOrder(SortDirection.Descending);
        candidates.Where(candidate => candidate.GetProperty("measured").ValueKind == JsonValueKind.Null)
            .ShouldAllBe(candidate => candidate.GetProperty("score").GetDecimal() == candidate.GetProperty("estimatedScore").GetDecimal());

        var twin = candidates.Single(candidate => candidate.GetProperty("name").GetString() == "digital-twin");
        twin.GetProperty("score").GetDecimal().ShouldBe(twin.GetProperty("estimatedScore").GetDecimal() + 4 + 2);
        twin.GetProperty("measured").GetProperty("startToReadyMilliseconds").GetProperty("improvementPercent").GetDouble().ShouldBe(75);
        report.GetProperty("averageMeasuredImprovementPercent").GetDouble().ShouldBe(75);
        report.GetProperty("unknownMeasured").EnumerateArray().Select(name => name.GetString()).ShouldBe(["retired"]);

        best.ExitCode.ShouldBe(0, best.Errors);
        best.Output.ShouldContain("face-recognition");
        best.Output.ShouldContain("lazy loading: 40 to 95 % of start-up");
        best.Output.ShouldNotContain("task-router");
        best.Output.ShouldContain("1 measured: ready 75.0 % sooner on average (the original fleet: 65.7 % sooner).");
        markdown.Output.ShouldStartWith("## AgentLift candidates");
        markdown.Output.ShouldContain("- retired");
    }
}
