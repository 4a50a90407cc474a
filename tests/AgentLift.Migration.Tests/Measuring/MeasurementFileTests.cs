using AgentLift.Migration.Assessment;
using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Tests.Measuring;

public sealed class MeasurementFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_kept_is_read_again()
    {
        var measurement = Measured.Of("tutor") with { Answers = 3, DifferingPairs = 1, HasChildren = true };

        MeasurementFile.Keep(folder.Path, measurement);

        var read = MeasurementFile.Read(folder.Path).ShouldHaveSingleItem();
        read.Before.ShouldBe(measurement.Before);
        read.After.ShouldBe(measurement.After);
        (read with { Before = measurement.Before, After = measurement.After }).ShouldBe(measurement);
    }

    [Fact]
    public void An_agent_has_one_measurement_the_last_and_one_line()
    {
        MeasurementFile.Keep(folder.Path, Measured.Of("tutor", afterMilliseconds: 10));
        MeasurementFile.Keep(folder.Path, Measured.Of("digital-twin"));
        MeasurementFile.Keep(folder.Path, Measured.Of("Tutor", afterMilliseconds: 20));

        MeasurementFile.Read(folder.Path).Select(measurement => (measurement.Agent, measurement.After[0].ReadyMilliseconds)).ShouldBe([("Tutor", 20), ("digital-twin", 100)]);
        File.ReadAllLines(folder.At(MeasurementFile.Name)).Count(line => line.Contains("\"agent\":", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Without_a_file_nothing_was_measured() => MeasurementFile.Read(folder.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("{", 1)]
    [InlineData("null", null)]
    [InlineData("{ \"version\": 2, \"agents\": [] }", null)]
    [InlineData("{ \"version\": 1,\n \"agent\": [] }", 2)]
    [InlineData("{ \"version\": 1, \"agents\": [ { \"agent\": \"a\" } ] }", 1)]
    [InlineData("{ \"version\": 1, \"agents\": [ { \"agent\": \"a\", \"taken\": \"2030-01-31T12:00:00Z\", \"tool\": \"t\", \"machine\": \"m\", \"readyWhen\": \"r\", \"before\": [], \"after\": [] } ] }", null)]
    public void A_file_that_is_wrong_is_named(string content, int? line)
    {
        folder.Write(MeasurementFile.Name, content);

        var error = Should.Throw<UnusableInputException>(() => MeasurementFile.Read(folder.Path)).Error;

        error.File.ShouldBe(MeasurementFile.Name);
        error.Line.ShouldBe(line);
        error.NextStep.ShouldContain("agentlift measure");
    }

    [Fact]
    public void Runs_that_are_no_pairs_or_took_nothing_are_refused()
    {
        var tutor = Measured.Of("tutor");
        foreach (var broken in new[] { tutor with { After = tutor.After.RemoveAt(0) }, Measured.Of("tutor", beforeMilliseconds: 0), Measured.Of("tutor", bytes: -1) })
        {
            File.Delete(folder.At(MeasurementFile.Name));
            MeasurementFile.Keep(folder.Path, broken);

            Should.Throw<UnusableInputException>(() => MeasurementFile.Read(folder.Path)).Error.Message.ShouldContain("the runs of 'tutor'");
        }
    }
}
