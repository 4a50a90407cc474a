using System.Collections.Immutable;
using System.Text;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Tests.ParallelRun;

public class AnswerComparerTests
{
    [Fact]
    public void The_same_bytes_make_no_difference()
    {
        var comparison = Compare(Of("a\n", "b\n"), Of("a\n", "b\n"));

        comparison.Differences.ShouldBeEmpty();
        comparison.Answers.ShouldBe(2);
    }

    [Theory]
    [InlineData("b\n", "b\r\n", "b\\n", "b\\r\\n")]
    [InlineData("Zoë\n", "Zoe\n", "Zoë\\n", "Zoe\\n")]
    [InlineData("b\n", null, "b\\n", "no answer in time")]
    public void One_byte_is_a_difference_and_names_its_line(string old, string? @new, string oldShown, string newShown) =>
        Compare(Of("a\n", old), Of("a\n", @new)).Differences.ShouldHaveSingleItem().ShouldBe(new Difference(5, "two", oldShown, newShown));

    [Fact]
    public void A_long_answer_is_shown_around_the_place()
    {
        var difference = Compare(Of(new string('x', 500) + "1\n"), Of(new string('x', 500) + "2\n")).Differences.ShouldHaveSingleItem();

        difference.Old.ShouldStartWith("...xxx");
        difference.Old.ShouldEndWith("x1\\n");
        difference.New.ShouldEndWith("x2\\n");
        difference.New.Length.ShouldBeLessThan(120);
    }

    [Fact]
    public void What_the_transcript_ignores_may_differ() =>
        Compare(Of("{\"up\":17}\n"), Of("{\"up\":18}\n"), ignore: "\"up\":\\d+").Differences.ShouldBeEmpty();

    [Fact]
    public void Order_counts_where_it_is_promised()
    {
        Compare(Of("a\n", "b\n"), Of("b\n", "a\n")).Differences.Length.ShouldBe(2);
        Compare(Of("a\n", "b\n"), Of("b\n", "a\n"), orderKept: false).Differences.ShouldBeEmpty();
        Compare(Of("a\n", "b\n"), Of("b\n", "b\n"), orderKept: false).Differences.ShouldNotBeEmpty();
    }

    [Fact]
    public void Bytes_after_the_answers_the_end_of_the_connection_and_of_the_process_count()
    {
        Compare(Of("a\n"), With(Of("a\n"), rest: "more")).Differences.ShouldHaveSingleItem().Request.ShouldBe("after the last answer");
        Compare(Of("a\n"), With(Of("a\n"), closed: false)).Differences.ShouldHaveSingleItem().New.ShouldBe("the agent leaves it open");
        Compare(Of("a\n"), Of("a\n") with { Exit = new ObservedExit(139, default) }).Differences.ShouldHaveSingleItem().New.ShouldBe("exit code 139");
        Compare(Of("a\n"), Of("a\n") with { Exit = new ObservedExit(null, default) }).Differences.ShouldHaveSingleItem().New.ShouldBe("does not end when asked to");
    }

    [Fact]
    public void A_recording_brings_back_what_was_observed()
    {
        var observed = With(Of("Zoë\n", null), rest: "more", closed: false);
        var binary = observed with { Exchanges = [observed.Exchanges[0] with { Rest = [0xFF, 0x00] }] };
        foreach (var one in new[] { observed, binary })
        {
            var again = Recording.Read("r.json", Recording.Write(one), Script());

            AnswerComparer.Compare(Script(), one, again).Differences.ShouldBeEmpty();
            again.Exchanges[0].Rest.ShouldBe(one.Exchanges[0].Rest);
            again.Latencies.ShouldBe(one.Latencies);
        }
    }

    [Theory]
    [InlineData("{", "not a recording")]
    [InlineData("{\"exchanges\":[]}", "it was made from another transcript than t.yaml")]
    [InlineData("{\"exchange\":[]}", "not a recording")]
    public void A_recording_that_cannot_be_used_is_told(string content, string message)
    {
        var problem = Should.Throw<Core.Data.DataException>(() => Recording.Read("r.json", content, Script())).Problem;

        problem.File.ShouldBe("r.json");
        problem.Message.ShouldStartWith(message);
    }

    private static Comparison Compare(Observation old, Observation @new, string? ignore = null, bool orderKept = true) =>
        AnswerComparer.Compare(Script(ignore, orderKept), old, @new);

    private static Transcript Script(string? ignore = null, bool orderKept = true) => TranscriptReader.Read(
        "t.yaml",
        $"agent: tutor\nendpoints: {{ lines: {{ protocol: tcp }} }}\nexchanges:\n- {{ endpoint: lines, pipelined: true, anyOrder: {(orderKept ? "false" : "true")}, send: [one,\n  two] }}\n"
            + (ignore is null ? string.Empty : $"ignore: ['{ignore}']\n"));

    private static Observation Of(params string?[] answers)
    {
        var observed = answers.Select((answer, i) => new ObservedAnswer(i, answer is null ? default : [.. Encoding.UTF8.GetBytes(answer)], TimeSpan.FromMilliseconds(i + 1)));
        return new Observation(TimeSpan.FromSeconds(1), [new ObservedExchange([.. observed], [], Closed: true)], 10, 1, new ObservedExit(0, TimeSpan.Zero));
    }

    private static Observation With(Observation observation, string rest = "", bool closed = true) =>
        observation with { Exchanges = [observation.Exchanges[0] with { Rest = [.. Encoding.UTF8.GetBytes(rest)], Closed = closed }] };
}
