using AgentLift.Migration.Measuring;

namespace AgentLift.Migration.Tests.Measuring;

public class ImprovementTests
{
    private static readonly double[] Before = [100, 102, 98, 101, 99, 103, 97];

    [Fact]
    public void It_is_the_share_by_which_the_median_fell() => Of(0.343).Percent.ShouldBe(65.7, 0.001);

    [Fact]
    public void It_is_negative_where_the_median_rose() => Of(1.5).Percent.ShouldBe(-50, 0.001);

    [Fact]
    public void What_slows_both_runs_of_a_pair_widens_nothing()
    {
        // Each pair on a machine of another speed, and the form after always at half.
        double[] drifting = [100, 200, 300, 400, 500];

        var improvement = Improvement.Of(drifting, [.. drifting.Select(value => value / 2)])!;

        improvement.ShouldBe(new Improvement(50, 50, 50));
    }

    [Fact]
    public void The_interval_holds_the_improvement_and_is_the_same_every_time()
    {
        double[] after = [60, 75, 58, 80, 62, 71, 66];

        var improvement = Improvement.Of(Before, after)!;

        improvement.Percent.ShouldBe(34, 0.001);
        improvement.Lowest.ShouldBeInRange(20, 34);
        improvement.Highest.ShouldBeInRange(34, 43);
        Improvement.Of(Before, after).ShouldBe(improvement);
    }

    [Fact]
    public void The_runs_are_left_in_their_order()
    {
        double[] before = [3, 1, 2], after = [2, 3, 1];

        Improvement.Of(before, after);

        before.ShouldBe([3, 1, 2]);
        after.ShouldBe([2, 3, 1]);
    }

    [Theory]
    [InlineData(0.50, ImprovementBand.Target)]
    [InlineData(0.70, ImprovementBand.Acceptable)]
    [InlineData(0.95, ImprovementBand.TooSmall)]
    [InlineData(1.02, ImprovementBand.TooSmall)]
    [InlineData(1.50, ImprovementBand.Regression)]
    public void A_clear_improvement_lies_in_one_band(double share, ImprovementBand band)
    {
        Of(share).IsClear.ShouldBeTrue();
        Of(share).Band.ShouldBe(band);
    }

    [Theory]
    [InlineData(40, ImprovementBand.Target)]
    [InlineData(39.9, ImprovementBand.Acceptable)]
    [InlineData(20, ImprovementBand.Acceptable)]
    [InlineData(19.9, ImprovementBand.TooSmall)]
    [InlineData(-5, ImprovementBand.TooSmall)]
    [InlineData(-5.1, ImprovementBand.Regression)]
    public void The_bands_begin_where_the_thresholds_are(double percent, ImprovementBand band) => Improvement.BandOf(percent).ShouldBe(band);

    [Fact]
    public void An_interval_over_a_threshold_leaves_it_open()
    {
        var open = new Improvement(22, 15, 30);

        open.IsClear.ShouldBeFalse();
        open.Reaches(20).ShouldBeNull();
        open.Reaches(15).ShouldBe(true);
        open.Reaches(31).ShouldBe(false);
    }

    [Fact]
    public void What_took_nothing_before_cannot_improve() => Improvement.Of([0, 1, 2], [1, 1, 1]).ShouldBeNull();

    [Fact]
    public void Runs_come_in_pairs()
    {
        Should.Throw<ArgumentException>(() => Improvement.Of([1, 2], [1]));
        Should.Throw<ArgumentException>(() => Improvement.Of([], []));
    }

    private static Improvement Of(double share) => Improvement.Of(Before, [.. Before.Select(value => value * share)])!;
}
