using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Planning;
using AgentLift.Migration.Tests.Migrating;

namespace AgentLift.Migration.Tests.Planning;

public class MigrationPlannerTests
{
    [Fact]
    public async Task A_plan_says_what_goes_what_stays_and_why_and_writes_nothing()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent");
        var before = fleet.State();

        var plan = await new MigrationPlanner(await fleet.LoadAsync(), SmallFleet.Options with { BatchSize = 1, Stage = MigrationStage.Integration }).PlanAsync(CancellationToken.None);

        plan.Batches.Select(batch => batch.Agents.Single().Name).ShouldBe(["AAgent", "BAgent"]);
        var agent = plan.Batches[0].Agents.Single();
        agent.Budget.ShouldBe(new TimeBudget(TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        agent.Stages[0].Removes[RuleIds.NotABaseAgent].ShouldBe(1);
        agent.Manual.ShouldAllBe(left => left.Reason.Length > 0 && left.Place.File == "AAgent.cs");
        fleet.State().ShouldBe(before);
    }

    [Theory]
    [InlineData(MigrationStage.Infrastructure, false, "its rewrite needs a person's eye: ask for it with --include-assisted")]
    [InlineData(MigrationStage.Integration, false, "its rewrite needs a person's eye: ask for it with --include-assisted")]
    [InlineData(MigrationStage.Infrastructure, true, "its rewrite comes with the stage integration")]
    [InlineData(MigrationStage.Integration, true, null)]
    public async Task A_rule_whose_rewrite_comes_with_a_later_stage_than_its_own_says_so_once(MigrationStage stage, bool includeAssisted, string? reason)
    {
        using var fleet = new SmallFleet();
        fleet.Write("AskAgent.cs", AskAgent);

        var plan = await new MigrationPlanner(await fleet.LoadAsync(), SmallFleet.Options with { Stage = stage, IncludeAssisted = includeAssisted }).PlanAsync(CancellationToken.None);

        plan.Batches.Single().Agents.Single().Manual.Where(left => left.Rule == RuleIds.HandRolledServiceLookup).Select(left => left.Reason).ShouldBe(reason is null ? [] : new[] { reason });
    }

    [Theory]
    [InlineData(MigrationStage.Infrastructure, false)]
    [InlineData(MigrationStage.Integration, true)]
    public async Task A_stage_stands_without_the_rewrites_of_its_rules_that_come_with_a_later_one(MigrationStage stage, bool isRewritten)
    {
        using var fleet = new SmallFleet();
        fleet.Write("AskAgent.cs", AskAgent);

        var report = await fleet.MigrateAsync(SmallFleet.Options with { Stage = stage, IncludeAssisted = true });

        report.Agents.Single().Outcome.ShouldBe(MigrationOutcome.Lifted);
        fleet.Read("AskAgent.cs").Contains("FindAddressAsync", StringComparison.Ordinal).ShouldBe(isRewritten);
    }

    private const string AskAgent = """
        using System.Collections.Generic;
        using System.Net;
        using System.Net.Sockets;

        namespace Fleet;

        public class AskAgent
        {
            private readonly Dictionary<string, IPEndPoint> agents = new() { ["tutor"] = new IPEndPoint(IPAddress.Loopback, 5601) };
            private volatile bool running = true;

            public void Start() => new Thread(Loop).Start();

            public void Stop() => running = false;

            private void Loop()
            {
                while (running)
                {
                    using var client = new TcpClient();
                    client.Connect(agents["tutor"]);
                    Thread.Sleep(100);
                }
            }
        }

        """;

    [Theory]
    [InlineData(RiskLevel.Low, 0, 0.5)]
    [InlineData(RiskLevel.Medium, 2, 5)]
    [InlineData(RiskLevel.High, 5, 15)]
    public void Budgets_are_those_of_the_levels(RiskLevel level, double from, double to) =>
        TimeBudget.Of(level).ShouldBe(new TimeBudget(TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(to)));

    [Fact]
    public void A_critical_agent_has_no_budget() => TimeBudget.Of(RiskLevel.Critical).ShouldBeNull();
}
