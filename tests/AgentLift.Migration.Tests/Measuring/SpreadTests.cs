using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Tests.Measuring;

public class SpreadTests
{
    [Fact]
    public void Median_and_median_absolute_deviation_are_those_of_the_textbook() =>
        Spread.Of([1, 1, 2, 2, 4, 6, 9]).ShouldBe(new Spread(7, 2, 1, 1, 9));

    [Fact]
    public void An_even_sample_has_the_middle_of_its_two_middle_values() => Spread.Of([4, 1, 3, 2]).ShouldBe(new Spread(4, 2.5, 1, 1, 4));

    [Fact]
    public void One_slow_run_moves_nothing_but_the_largest_value()
    {
        var calm = Spread.Of([100, 101, 102, 103, 104]);

        Spread.Of([100, 101, 102, 103, 9000]).ShouldBe(calm with { Highest = 9000 });
    }

    [Fact]
    public void Nothing_has_no_spread() => Should.Throw<ArgumentException>(() => Spread.Of([]));
}
