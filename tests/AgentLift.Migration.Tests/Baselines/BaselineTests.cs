using AgentLift.Core.Risk;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Baselines;

namespace AgentLift.Migration.Tests.Baselines;

public sealed class BaselineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_evidence_that_it_lacks_is_left_and_scores_stay()
    {
        var known = Baseline.Of(SampleFleet.Of(SampleFleet.Agent("A", RiskLevel.High, "a1", "gone")));

        var fleet = known.Apply(SampleFleet.Of(SampleFleet.Agent("A", RiskLevel.High, "a1", "a2")), "known.json");

        fleet.Agents[0].Evidence.Select(evidence => evidence.Fingerprint).ShouldBe(["a2"]);
        fleet.Agents[0].Risk.Score.ShouldBe(20);
        fleet.Baseline.ShouldBe(new BaselineComparison("known.json", Known: 1, New: 1, Gone: 1));
    }

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var baseline = Baseline.Of(SampleFleet.Of(SampleFleet.Agent("B", RiskLevel.Low, "b2", "b1"), SampleFleet.Agent("A", RiskLevel.Low, "a1")));
        var file = folder.At("made/known.json");

        await BaselineFile.WriteAsync(file, baseline, "agentlift 1.0.0", CancellationToken.None);

        (await BaselineFile.ReadAsync(file, CancellationToken.None)).Entries.ShouldBe(baseline.Entries);
        (await File.ReadAllLinesAsync(file)).Where(line => line.Contains("fingerprint")).Select(line => line[20..22]).ShouldBe(["a1", "b1", "b2"]);
        Directory.GetFiles(folder.At("made")).ShouldBe([file]);
    }

    [Fact]
    public async Task An_empty_one_can_be_written_and_read()
    {
        await BaselineFile.WriteAsync(folder.At("empty.json"), Baseline.Of(SampleFleet.Of()), "agentlift 1.0.0", CancellationToken.None);

        (await BaselineFile.ReadAsync(folder.At("empty.json"), CancellationToken.None)).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 1, "malformed")]
    [InlineData("{\n  \"version\": 1,\n  \"tool\": oops\n}", 3, "malformed")]
    [InlineData("{\n  \"version\": 1,\n  \"tool\": \"t\",\n  \"evidence\": [\n    { \"fingerprint\": \"a\" }\n  ]\n}", 5, "malformed")]
    [InlineData("{\n  \"version\": 1,\n  \"tool\": \"t\",\n  \"evidences\": []\n}", 4, "malformed")]
    [InlineData("{\n  \"version\": 2,\n  \"tool\": \"t\",\n  \"evidence\": []\n}", 2, "version 2")]
    public async Task A_malformed_one_is_named_with_its_line(string content, int line, string message)
    {
        var file = folder.Write("bad.json", content);

        var error = (await Should.ThrowAsync<UnusableInputException>(() => BaselineFile.ReadAsync(file, CancellationToken.None))).Error;

        (error.File, error.Line).ShouldBe((file, line));
        error.Message.ShouldContain(message);
        error.NextStep.ShouldContain("--update-baseline");
    }

    [Fact]
    public async Task A_missing_one_says_how_to_write_it()
    {
        var error = (await Should.ThrowAsync<UnusableInputException>(() => BaselineFile.ReadAsync(folder.At("no.json"), CancellationToken.None))).Error;

        error.Message.ShouldBe("the baseline does not exist");
        error.NextStep.ShouldContain("--update-baseline");
    }
}
