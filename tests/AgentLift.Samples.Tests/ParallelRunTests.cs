using AgentLift.Migration.ParallelRun;
using AgentLift.Testing;

namespace AgentLift.Samples.Tests;

/// <summary>Parallel runs of real processes, as <c>agentlift compare</c> makes them.</summary>
[Collection(StartedAgents.Name)]
public sealed class ParallelRunTests(FleetFiles files)
{
    private const string Lifted = "--Agents:digital-twin:Endpoints:requests:Address=127.0.0.1:{port}";

    [Fact]
    public async Task A_lifted_agent_that_answers_the_same_shows_no_difference()
    {
        var transcript = Read("digital-twin", "ready: digital-twin|Application started");

        var (old, @new) = await ParallelRunner.RunAsync(transcript, Legacy("digital-twin"), LiftedTwin("calibration.csv"), new ParallelRunOptions(), default);
        var comparison = AnswerComparer.Compare(transcript, old, @new);

        comparison.Differences.ShouldBeEmpty();
        comparison.Answers.ShouldBe(10);
        old.PeakThreads.ShouldBeGreaterThan(1);
        @new.PeakMemory.ShouldBeGreaterThan(1024 * 1024);
        @new.StartToReady.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_agent_that_answers_otherwise_is_found_out()
    {
        var transcript = Read("digital-twin", "ready: ");

        // The monitor hears the same datagrams and knows none of the twin's commands.
        var (old, @new) = await ParallelRunner.RunAsync(transcript, Legacy("digital-twin"), Legacy("health-monitor"), new ParallelRunOptions(), default);

        AnswerComparer.Compare(transcript, old, @new).Differences.Select(difference => difference.Request).ShouldContain("{\"cmd\":\"state\"}");
    }

    [Fact]
    public async Task An_agent_that_ends_before_it_is_ready_is_told_with_its_last_lines()
    {
        var failure = await Should.ThrowAsync<ParallelRunException>(() => ParallelRunner.ObserveAsync(
            Read("tutor", "ready"), "new", new AgentCommand(["dotnet", AgentProcess.PathOf("Fleet.Host"), "nobody"], null), new ParallelRunOptions(), default));

        failure.Message.ShouldBe("the new agent failed: it ended with exit code 2 before it was ready");
        failure.NextStep.ShouldContain("no such agent: nobody");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told() =>
        (await Should.ThrowAsync<ParallelRunException>(() => ParallelRunner.ObserveAsync(
            Read("tutor", "ready"), "old", new AgentCommand(["no-such-program"], null), new ParallelRunOptions(), default)))
            .Message.ShouldStartWith("the old agent cannot be started");

    private static Transcript Read(string agent, string ready)
    {
        var file = Path.Combine(Repository.Root, "samples", "LegacyFleet", "transcripts", agent + ".yaml");
        return TranscriptReader.Read(file, File.ReadAllText(file)) with { Ready = new(ready) };
    }

    private static AgentCommand Legacy(string agent) => new(["dotnet", AgentProcess.PathOf("Fleet.Host"), agent, "--port", "{port}"], null);

    private AgentCommand LiftedTwin(string table) => new(
        ["dotnet", AgentProcess.PathOf("Lifted.DigitalTwin"), Lifted, $"--DigitalTwin:CalibrationFile={FleetFiles.Table(table)}", $"--DigitalTwin:DatabaseFile={files.NewFile("twin.db")}"],
        null);
}
