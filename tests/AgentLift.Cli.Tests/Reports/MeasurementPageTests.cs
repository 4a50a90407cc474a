using System.Text.Json;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Tests.Reports;

public class MeasurementPageTests
{
    private static readonly double[] Before = [364.26, 371, 428.77, 359.1, 380.2];

    [Fact]
    public void A_measurement_reads_as_approved() =>
        Markdown(Measurement(0.3) with { Answers = 24 }).ShouldMatchApproved(options => options.WithFileExtension(".md").SubFolder("Snapshots").NoDiff());

    [Fact]
    public void Every_table_fits_a_terminal()
    {
        var text = Render.Console(console => PageConsole.Write(Page(Measurement(0.3)), console), width: 100);

        text.Split('\n').Count(line => line.Contains(" ms", StringComparison.Ordinal)).ShouldBe(4, text);
        text.ShouldContain("speech reaches ready 70.0 % sooner than before: target.");
    }

    [Fact]
    public void A_slower_start_is_called_a_regression() => Markdown(Measurement(1.5)).ShouldContain("speech reaches ready 50.0 % later than before: regression.");

    [Fact]
    public void What_is_not_clear_is_not_claimed()
    {
        var measurement = Measurement(1);
        var wild = measurement with { After = [.. measurement.After.Select((run, i) => run with { ReadyMilliseconds = run.ReadyMilliseconds * (0.55 + (0.2 * (i % 3))) })] };

        Markdown(wild).ShouldContain("not clear, from too small to target by the 95 % interval");
    }

    [Fact]
    public void Answers_that_differ_and_children_are_told()
    {
        var text = Markdown(Measurement(0.3) with { Answers = 24, DifferingPairs = 2, HasChildren = true });

        text.ShouldContain("In 2 of 5 pairs of runs the two forms did not behave the same on the wire");
        text.ShouldContain("had started other processes");
    }

    [Fact]
    public void The_json_holds_the_runs_and_what_they_come_to()
    {
        using var output = new StringWriter();
        PageJson.Write(Page(Measurement(0.3)), output);
        var json = JsonDocument.Parse(output.ToString()).RootElement;

        json.GetProperty("before").GetArrayLength().ShouldBe(5);
        json.GetProperty("startToReadyMilliseconds").GetProperty("improvementPercent").GetDouble().ShouldBe(70);
        json.GetProperty("startToReadyMilliseconds").GetProperty("before").GetProperty("deviation").GetDouble().ShouldBe(9.2);
        json.GetProperty("verdict").GetString().ShouldBe("target");
    }

    private static string Markdown(AgentMeasurement measurement)
    {
        using var output = new StringWriter();
        PageMarkdown.Write(Page(measurement), output);
        return output.ToString();
    }

    private static Page Page(AgentMeasurement measurement) => MeasurementPage.Of(MeasuredFigures.Of(measurement));

    private static AgentMeasurement Measurement(double share) => new(
        "speech",
        new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.Zero),
        "agentlift 0.1.0",
        "a machine, 2 processors",
        "accepts connections on {port}",
        [.. Before.Select(milliseconds => Run(milliseconds, 180))],
        [.. Before.Select(milliseconds => Run(milliseconds * share, 200))]);

    private static RunFigures Run(double milliseconds, int megabytes) => new(Math.Round(milliseconds, 2), Math.Round(milliseconds + 10, 2), megabytes * 1024L * 1024 / 2, megabytes * 1024L * 1024);
}
