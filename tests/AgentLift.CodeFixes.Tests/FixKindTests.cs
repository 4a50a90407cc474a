using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.CodeFixes.Tests;

/// <summary>What a finding says of its fix is what a lift does: the safe one goes, the other stays for the reason that was given before.</summary>
public class FixKindTests
{
    // A stage before may have changed names or endpoints, so that the reason that is left may be worded by them.
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, FixKindCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_lift_does_what_the_finding_says(int index)
    {
        var expected = FixKindCases.All[index];
        var solution = LiftVerifier.SolutionOf([("/fleet/PumpAgent.cs", expected.Source)]);
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty(expected.ToString());

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(expected.ToString());
        var agent = lifted.Agents.Single(agent => agent.Changed);
        var left = agent.After.Where(evidence => evidence.Rule.Id == expected.RuleId).Select(evidence => (evidence.Fix, evidence.FixObstacle)).ToList();
        var why = string.Join("; ", agent.Obstacles.Select(obstacle => obstacle.Reason));
        if (expected.Obstacle is null)
            left.ShouldBeEmpty($"{expected}\n{why}");
        else
            left.ShouldHaveSingleItem($"{expected}\n{why}").Fix.ShouldBe(FixKind.None, $"{expected}\n{why}");
    }

    [Theory]
    [InlineData("AGL2003", "public void Drain() { while (_running) { Thread.Sleep(10); } }", "Drain sleeps on the thread of whoever calls it, and no token is in reach: give it a CancellationToken first")]
    [InlineData("AGL2004", "public int Spins; public void Spin() { while (true) { Spins++; } }", "no token is in reach of Spin: others than the agent's loops may call it, so give it a CancellationToken first")]
    [InlineData("AGL2009", "public int Polls; public bool Active { get; set; } = true; public void Poll() { while (Active) { Polls++; } } public void Pause() => Active = false;", "Active is a property, which cannot be volatile, and it is set while the agent runs: keep it in a volatile field")]
    public async Task What_no_token_has_reached_when_the_loops_are_lifted_says_so(string rule, string member, string reason)
    {
        var source = new FixKindCase(rule, "private Thread? _worker; private void Work() { while (_running) { File.Delete(\"x\"); } } " + member, "_worker = new Thread(Work); _worker.Start();", "_worker?.Join(1000);", null).Source;

        var lifted = await StageLift.ApplyAsync(LiftVerifier.SolutionOf([("/fleet/PumpAgent.cs", source)]), MigrationStage.CoreLogic, LiftOptions.Everything, CancellationToken.None);

        var agent = lifted.Agents.Single(agent => agent.Changed);
        agent.Before.Where(evidence => evidence.Rule.Id == rule).ShouldHaveSingleItem().Fix.ShouldBe(FixKind.Safe);
        agent.After.Where(evidence => evidence.Rule.Id == rule).ShouldHaveSingleItem().FixObstacle.ShouldBe(reason);
        agent.Stage.ShouldBe(MigrationStage.CoreLogic, "what says that no fix would be sound holds up no marker");
    }

    [Fact]
    public async Task What_a_constructor_goes_on_to_do_with_a_load_is_put_off_once_it_is_known_what_runs_at_start()
    {
        const string Members = "private readonly byte[] _weights; private int _used; public PumpAgent() { _weights = File.ReadAllBytes(\"weights.bin\"); Charge(_weights.Length); } private void Charge(int count) => _used += count; public void Report() => File.WriteAllText(\"used\", _used + \" of \" + _weights.Length); "
            + "private Thread? _worker; private void Work() { while (_running) { Charge(1); } } ";
        var source = new FixKindCase("AGL4002", Members, "_worker = new Thread(Work); _worker.Start();", "_worker?.Join(1000);", null).Source;

        var lifted = await StageLift.ApplyAsync(LiftVerifier.SolutionOf([("/fleet/PumpAgent.cs", source)]), MigrationStage.CoreLogic, LiftOptions.Everything, CancellationToken.None);

        var agent = lifted.Agents.Single(agent => agent.Changed);
        agent.Before.Where(evidence => evidence.Rule.Id == "AGL4002").ShouldHaveSingleItem().FixObstacle.ShouldBe("the load of _weights also sets _used");
        agent.After.Where(evidence => evidence.Rule.Id == "AGL4002").ShouldBeEmpty();
    }
}
