using AgentLift.Migration.Measuring;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Tests.Measuring;

public class StartUpMeasurerTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_forms_are_started_in_turn_and_what_warms_up_is_not_counted()
    {
        var forms = new ScriptedForms((form, run) => run == 0 ? 9_000 : form == MeasuredForm.Before ? 100 + run : 50 + run);

        var measurement = await MeasureAsync(forms, new MeasureOptions { Runs = 3, WarmUps = 1 });

        forms.Started.ShouldBe([.. Enumerable.Repeat<MeasuredForm[]>([MeasuredForm.Before, MeasuredForm.After], 4).SelectMany(pair => pair)]);
        measurement.Before.Select(run => run.ReadyMilliseconds).ShouldBe([101, 102, 103]);
        measurement.After.Select(run => run.ReadyMilliseconds).ShouldBe([51, 52, 53]);
        measurement.Before[0].ShouldBe(new RunFigures(101, 111, 1_000, 2_000));
        measurement.Taken.ShouldBe(Now);
    }

    [Fact]
    public async Task Figures_come_from_the_runs()
    {
        var measurement = await MeasureAsync(new ScriptedForms((form, run) => form == MeasuredForm.Before ? 200 : 100), new MeasureOptions { Runs = 5 });

        var figures = MeasuredFigures.Of(measurement);

        figures.Ready.Improvement.ShouldBe(new Improvement(50, 50, 50));
        figures.FirstAnswer!.Before.Median.ShouldBe(210);
        figures.Memory.Improvement!.Percent.ShouldBe(0);
        figures.MemoryAtReady.Before.Median.ShouldBe(1_000);
    }

    [Fact]
    public async Task Pairs_that_do_not_answer_the_same_are_counted()
    {
        var forms = new ScriptedForms((_, _) => 100) { Answer = (form, run) => form == MeasuredForm.After && run == 2 ? "other" : "same" };

        var measurement = await MeasureAsync(forms, new MeasureOptions { Runs = 4, WarmUps = 0 });

        measurement.DifferingPairs.ShouldBe(1);
        measurement.Answers.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_fails_is_told_with_its_number()
    {
        var forms = new ScriptedForms((_, _) => 100) { Before = (form, run) => Fail(form == MeasuredForm.After && run == 2) };

        var failure = await Should.ThrowAsync<ParallelRunException>(() => MeasureAsync(forms, new MeasureOptions { Runs = 5, WarmUps = 1 }));

        failure.Message.ShouldBe("the after agent failed: it ended, in run 2 of 5");
        failure.NextStep.ShouldBe("start it by hand");
    }

    [Fact]
    public async Task Progress_tells_form_and_run()
    {
        var told = new List<MeasureProgress>();

        await MeasureAsync(new ScriptedForms((_, _) => 100), new MeasureOptions { Runs = 3, WarmUps = 1 }, told);

        told.Take(3).ShouldBe([new(MeasuredForm.Before, 0, 3), new(MeasuredForm.After, 0, 3), new(MeasuredForm.Before, 1, 3)]);
        told[^1].ShouldBe(new MeasureProgress(MeasuredForm.After, 3, 3));
    }

    [Fact]
    public async Task Datagrams_alone_do_not_tell_when_an_agent_is_ready()
    {
        var transcript = Script("datagrams: { protocol: udp }");

        var failure = await Should.ThrowAsync<ParallelRunException>(() => MeasureAsync(new ScriptedForms((_, _) => 100), new MeasureOptions(), transcript: transcript));

        failure.Message.ShouldStartWith("nothing tells when tutor is ready");
    }

    [Fact]
    public void What_counts_as_ready_is_told()
    {
        ReadySign.Of(Script("lines: { protocol: tcp }, web: { protocol: http, offset: 80 }")).ShouldBe("accepts connections on {port}, {port+80}");
        ReadySign.Of(Script("lines: { protocol: tcp }") with { Ready = new("^up$") }).ShouldBe("a line of its output that matches '^up$'");
        ReadySign.Of(ReadySign.NothingAsked("tutor")).ShouldBe("accepts connections on {port}");
    }

    private static Task<AgentMeasurement> MeasureAsync(IFormRunner forms, MeasureOptions options, List<MeasureProgress>? told = null, Transcript? transcript = null) =>
        new StartUpMeasurer(transcript ?? Script("lines: { protocol: tcp }"), forms, options, new StoppedClock(Now), new Told(told ?? [])).MeasureAsync("tutor", "agentlift 1.0.0", "a machine", default);

    private static Transcript Script(string endpoints) => TranscriptReader.Read(
        "t.yaml", $"agent: tutor\nendpoints: {{ {endpoints} }}\nexchanges:\n- {{ endpoint: {endpoints.Split(':')[0]}, send: [one] }}\n");

    private static void Fail(bool now)
    {
        if (now)
            throw new ParallelRunException("the after agent failed: it ended", "start it by hand");
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class Told(List<MeasureProgress> steps) : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value) => steps.Add(value);
    }
}
