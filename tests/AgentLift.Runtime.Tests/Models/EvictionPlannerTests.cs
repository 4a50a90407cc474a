using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

public class EvictionPlannerTests
{
    [Fact]
    public void On_small_cases_the_plan_costs_as_little_as_any()
    {
        var random = new Random(1);
        var worst = 1.0;
        for (var round = 0; round < 2_000; round++)
        {
            var candidates = Candidates(random, random.Next(1, 13));
            var needed = 1 + random.NextInt64(candidates.Sum(candidate => candidate.Bytes));

            var plan = EvictionPlanner.Plan(candidates, needed).ShouldNotBeNull();

            var chosen = candidates.Where(candidate => plan.Victims.Contains(candidate.Resident)).ToList();
            chosen.Sum(candidate => candidate.Bytes).ShouldBeGreaterThanOrEqualTo(needed);
            chosen.Sum(candidate => candidate.Cost).ShouldBe(plan.Cost, tolerance: 1e-9);
            worst = Math.Max(worst, plan.Cost / CheapestByTryingAll(candidates, needed));
        }

        worst.ShouldBeLessThanOrEqualTo(1.25);
    }

    [Fact]
    public void Among_many_the_search_ends_and_costs_little_more_than_the_cheapest_bytes()
    {
        var random = new Random(2);
        for (var round = 0; round < 50; round++)
        {
            var candidates = Candidates(random, 200);
            var needed = candidates.Sum(candidate => candidate.Bytes) / 3;

            var plan = EvictionPlanner.Plan(candidates, needed).ShouldNotBeNull();

            plan.Cost.ShouldBeLessThanOrEqualTo(1.25 * CostOfCheapestBytes(candidates, needed));
        }
    }

    [Fact]
    public void Where_all_together_are_too_little_there_is_no_plan() => EvictionPlanner.Plan(Candidates(new Random(3), 5), long.MaxValue).ShouldBeNull();

    [Fact]
    public void Where_nothing_is_needed_nothing_goes() => EvictionPlanner.Plan(Candidates(new Random(4), 5), 0).ShouldNotBeNull().Victims.ShouldBeEmpty();

    private static List<EvictionCandidate> Candidates(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new EvictionCandidate(new Loaded(), random.NextInt64(1, 20_000_000_000), random.NextDouble() * random.NextDouble() * 60))];

    private static double CheapestByTryingAll(List<EvictionCandidate> candidates, long needed) => Enumerable.Range(1, (1 << candidates.Count) - 1)
        .Select(set => candidates.Where((_, i) => (set >> i & 1) == 1).ToList())
        .Where(set => set.Sum(candidate => candidate.Bytes) >= needed)
        .Min(set => set.Sum(candidate => candidate.Cost));

    private static double CostOfCheapestBytes(List<EvictionCandidate> candidates, long needed)
    {
        var cost = 0.0;
        foreach (var candidate in candidates.OrderBy(candidate => candidate.Cost / candidate.Bytes))
        {
            cost += candidate.Cost * Math.Clamp((double)needed / candidate.Bytes, 0, 1);
            needed -= candidate.Bytes;
        }

        return cost;
    }

    private sealed class Loaded() : ResidentModel(null!, new DeviceLedger(ModelDevice.Cpu, 1), ModelPrecision.AsStored, 1, 0)
    {
        public override ValueTask UnloadAsync() => ValueTask.CompletedTask;
    }
}
