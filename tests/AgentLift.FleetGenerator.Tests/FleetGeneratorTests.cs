using AgentLift.Core.Rules;

namespace AgentLift.FleetGenerator.Tests;

public class FleetGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var options = new FleetOptions(7, 80, 12_000);

        var (one, two) = (FleetGenerator.Generate(options), FleetGenerator.Generate(options));

        two.Files.ShouldBe(one.Files);
        two.Expected.ShouldBe(one.Expected);
        two.Agents.Select(agent => agent.Type).ShouldBe(one.Agents.Select(agent => agent.Type));
    }

    [Fact]
    public void Different_seeds_give_different_fleets()
    {
        var (one, two) = (FleetGenerator.Generate(new FleetOptions(1, 40)), FleetGenerator.Generate(new FleetOptions(2, 40)));

        one.Files.Select(file => file.Text).Intersect(two.Files.Select(file => file.Text)).Count().ShouldBe(2, "only the stand-ins are alike");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_fleet_of_300_agents_compiles(int seed)
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(seed, 300));

        FleetCompiler.Errors(fleet).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_rule_is_in_the_ground_truth_of_300_agents(int seed)
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(seed, 300));

        var rules = RuleTable.All.Where(rule => rule.Family is > 0 and < RuleFamilies.Generators).Select(rule => rule.Id);
        fleet.Expected.Select(evidence => evidence.RuleId).Distinct().Order().ShouldBe(rules.Order());
    }

    [Fact]
    public void Every_expected_line_exists_and_holds_code()
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(11, 300));
        var lines = fleet.Files.ToDictionary(file => file.Path, file => file.Text.Split('\n'));

        foreach (var evidence in fleet.Expected)
        {
            var line = lines[evidence.File][evidence.Line - 1].Trim();
            line.ShouldNotBeEmpty();
            line.ShouldNotStartWith("//");
        }
    }

    [Fact]
    public void Every_legacy_agent_expects_one_AGL1001_on_its_class_and_no_lifted_one_does()
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(5, 300));
        var lines = fleet.Files.ToDictionary(file => file.Path, file => file.Text.Split('\n'));

        foreach (var agent in fleet.Agents)
        {
            var onClass = fleet.Expected.Where(evidence => evidence.AgentType == agent.Type && evidence.RuleId == RuleIds.NotABaseAgent).ToList();
            onClass.Count.ShouldBe(agent.Lifted ? 0 : 1, agent.Type);
            foreach (var evidence in onClass)
            {
                evidence.File.ShouldBe(agent.Files[0]);
                lines[evidence.File][evidence.Line - 1].ShouldContain("class " + agent.Type[(agent.Type.LastIndexOf('.') + 1)..]);
            }
        }
    }

    [Fact]
    public void Shared_models_are_expected_in_every_agent_that_loads_them()
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(3, 300));

        var loads = fleet.Expected.Where(evidence => evidence.RuleId == RuleIds.DuplicateModelLoad).ToList();
        loads.Count.ShouldBeGreaterThanOrEqualTo(20);
        loads.Select(load => load.AgentType).ShouldBeUnique();
        foreach (var file in fleet.Files.SelectMany(file => SharedFiles(file.Text).Select(model => (model, file.Path))).GroupBy(use => use.model))
            file.Select(use => use.Path).Distinct().Count().ShouldBeGreaterThanOrEqualTo(2, file.Key);
    }

    [Fact]
    public void No_mark_reaches_a_file()
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(9, 300));

        foreach (var file in fleet.Files)
        {
            file.Text.ShouldNotContain("§");
            file.Text.ShouldNotContain("AGL");
        }
    }

    [Theory]
    [InlineData(200, 50_000)]
    [InlineData(50, 20_000)]
    [InlineData(300, 30_000)]
    [InlineData(20, 3_000)]
    public void The_fleet_has_about_as_many_lines_as_asked_for(int agents, int lines)
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(4, agents, lines));

        var written = fleet.Files.Sum(file => file.Text.Count(letter => letter == '\n'));
        written.ShouldBeInRange((int)(lines * 0.95), (int)(lines * 1.05));
        fleet.Agents.Length.ShouldBe(agents);
    }

    [Fact]
    public void A_large_fleet_compiles()
    {
        var fleet = FleetGenerator.Generate(new FleetOptions(21, 60, 24_000));

        FleetCompiler.Errors(fleet).ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_fleet_does_not_compile_and_is_the_same_each_time()
    {
        var options = new FleetOptions(6, 60, Compilable: false);

        FleetCompiler.Errors(FleetGenerator.Generate(options)).ShouldNotBeEmpty();
        FleetGenerator.Generate(options).Files.ShouldBe(FleetGenerator.Generate(options).Files);
    }

    private static IEnumerable<string> SharedFiles(string text) =>
        text.Split('"').Where(part => part.StartsWith("models/shared-", StringComparison.Ordinal));
}
