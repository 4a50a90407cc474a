using System.Globalization;
using AgentLift.Migration.Measuring;
using AgentLift.Migration.ParallelRun;
using AgentLift.Testing;

namespace AgentLift.Samples.Tests;

/// <summary>Measurements of real processes, as <c>agentlift measure</c> makes them.</summary>
[Collection(StartedAgents.Name)]
public sealed class MeasuringTests(FleetFiles files)
{
    private static readonly MeasureOptions Short = new() { Runs = 3, WarmUps = 0, Run = new ParallelRunOptions { StartTimeout = TimeSpan.FromMinutes(2) } };

    [Fact]
    public async Task Every_run_of_a_legacy_agent_and_of_its_lifted_form_has_figures_and_the_answers_are_the_same()
    {
        var measurement = await MeasureAsync(Transcript("ready: digital-twin|Application started"), LiftedTwin(), Short);

        measurement.Before.Length.ShouldBe(3);
        measurement.After.Length.ShouldBe(3);
        foreach (var run in measurement.Before.Concat(measurement.After))
        {
            run.ReadyMilliseconds.ShouldBeGreaterThan(0);
            run.FirstAnswerMilliseconds!.Value.ShouldBeGreaterThan(run.ReadyMilliseconds);
            run.PeakBytesAtReady.ShouldBeGreaterThan(1024 * 1024);
            run.PeakBytes.ShouldBeGreaterThanOrEqualTo(run.PeakBytesAtReady);
        }

        measurement.Answers.ShouldBe(10);
        measurement.DifferingPairs.ShouldBe(0);
        measurement.HasChildren.ShouldBeFalse();
    }

    [Fact]
    public async Task A_form_that_answers_otherwise_is_found_out_in_every_pair()
    {
        // The monitor hears the same datagrams and knows none of the twin's commands.
        var measurement = await MeasureAsync(Transcript("ready: "), Legacy("health-monitor"), Short);

        measurement.DifferingPairs.ShouldBe(3);
    }

    [Fact]
    public async Task A_form_that_ends_early_is_told_with_the_run_and_its_last_lines()
    {
        var failure = await Should.ThrowAsync<ParallelRunException>(() => MeasureAsync(Transcript("ready: "), Legacy("nobody"), Short));

        failure.Message.ShouldBe("the after agent failed: it ended with exit code 2 before it was ready, in run 1 of 3");
        failure.NextStep.ShouldContain("start it by hand");
        failure.NextStep.ShouldContain("no such agent: nobody");
    }

    [Fact]
    public async Task A_form_that_never_says_that_it_is_ready_is_told_with_what_was_waited_for()
    {
        var impatient = Short with { Run = new ParallelRunOptions { StartTimeout = TimeSpan.FromMilliseconds(1) } };

        var failure = await Should.ThrowAsync<ParallelRunException>(() => MeasureAsync(Transcript("no line says this"), LiftedTwin(), impatient));

        failure.Message.ShouldContain("it did not say 'no line says this'");
        failure.NextStep.ShouldContain("correct the line");
    }

    [Fact]
    public async Task A_program_that_starts_the_agent_is_told_since_its_memory_is_not_the_agent_s()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var id = files.NewFile("agent.pid");
        var wrapped = new AgentCommand(["sh", "-c", $"dotnet {AgentProcess.PathOf("Fleet.Host")} digital-twin --port {{port}} & echo $! > '{id}'; wait"], null);

        var observed = await ParallelRunner.ObserveAsync(Transcript("ready: digital-twin") with { Exchanges = [] }, "after", wrapped, Short.Run with { StopTimeout = TimeSpan.FromMilliseconds(1) }, default);

        observed.HasChildren.ShouldBeTrue();
        var agent = int.Parse(await File.ReadAllTextAsync(id), CultureInfo.InvariantCulture);
        await Should.NotThrowAsync(() => EndedAsync(agent).WaitAsync(TimeSpan.FromMinutes(1)), "what the program leaves behind is ended with it");
    }

    // One that nobody has asked for its exit code yet is dead all the same.
    private static async Task EndedAsync(int process)
    {
        while (File.Exists($"/proc/{process}/stat") && !(await File.ReadAllTextAsync($"/proc/{process}/stat")).Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(20);
    }

    private static Task<AgentMeasurement> MeasureAsync(Transcript transcript, AgentCommand after, MeasureOptions options) =>
        StartUpMeasurer.OfProcesses(transcript, Legacy("digital-twin"), after, options, new Silence()).MeasureAsync("digital-twin", "agentlift 1.0.0", "a machine", default);

    private static Transcript Transcript(string ready)
    {
        var file = Path.Combine(Repository.Root, "samples", "LegacyFleet", "transcripts", "digital-twin.yaml");
        return TranscriptReader.Read(file, File.ReadAllText(file)) with { Ready = new(ready) };
    }

    private static AgentCommand Legacy(string agent) => new(["dotnet", AgentProcess.PathOf("Fleet.Host"), agent, "--port", "{port}"], null);

    private AgentCommand LiftedTwin() => new(
        [
            "dotnet", AgentProcess.PathOf("Lifted.DigitalTwin"), "--Agents:digital-twin:Endpoints:requests:Address=127.0.0.1:{port}",
            $"--DigitalTwin:CalibrationFile={FleetFiles.Table("calibration.csv")}", $"--DigitalTwin:DatabaseFile={files.NewFile("twin.db")}",
        ],
        null);

    private sealed class Silence : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value)
        {
        }
    }
}
