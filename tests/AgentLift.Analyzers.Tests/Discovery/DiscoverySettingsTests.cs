using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>What the fleet manifest and the .editorconfig keys <c>agentlift.*</c> change.</summary>
public class DiscoverySettingsTests
{
    private const string Idle = "namespace Fleet; public class Tutor { public string Name => string.Empty; }";
    private const string MarkedIdle = "namespace Fleet; public class [|Tutor|] { public string Name => string.Empty; }";
    private const string MarkedWorker = $$"""namespace Fleet; public class [|Tutor|] { {{Sparing.Worker}} }""";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.NotABaseAgent);

    [Fact]
    public Task Without_any_setting_an_idle_class_is_no_agent() => Rule.FindsNothing(Idle);

    [Theory]
    [InlineData("Fleet.Tutor")]
    [InlineData("Tutor")]
    public Task A_manifest_in_json_names_a_type(string type) =>
        Rule.WithFile("agents.json", $$"""{ "agents": [ { "name": "tutor", "type": "{{type}}" } ] }""").Verify(MarkedIdle);

    [Fact]
    public Task A_manifest_in_json_names_a_file() =>
        Rule.WithFile("ops/agents.json", """{ "agents": [ { "name": "tutor", "file": "./Agent0.cs" } ] }""").Verify(MarkedIdle);

    [Theory]
    [InlineData("agents.yaml")]
    [InlineData("agents.yml")]
    public Task A_manifest_in_yaml(string path) =>
        Rule.WithFile(path, "agents:\n  - name: tutor\n    type: Fleet.Tutor\n    port: 5601\n    criticality: core\n").Verify(MarkedIdle);

    [Fact]
    public Task A_manifest_that_names_another_type() =>
        Rule.WithFile("agents.json", """{ "agents": [ { "name": "grader", "type": "Fleet.Grader" } ] }""").FindsNothing(Idle);

    [Fact]
    public Task A_file_that_is_no_manifest() =>
        Rule.WithFile("notes.json", """{ "agents": [ { "name": "tutor", "type": "Fleet.Tutor" } ] }""").FindsNothing(Idle);

    [Theory]
    [InlineData("Tutor")]
    [InlineData("Fleet.Tutor")]
    [InlineData("Grader, Fleet.Tut*")]
    [InlineData("Fleet.*")]
    public Task Agent_types_name_agents(string value) => Rule.With("agentlift.agent_types", value).Verify(MarkedIdle);

    [Theory]
    [InlineData("Tut")]
    [InlineData("utor")]
    [InlineData("Other.Tutor")]
    [InlineData("tutor")]
    public Task Agent_types_of_other_names(string value) => Rule.With("agentlift.agent_types", value).FindsNothing(Idle);

    [Theory]
    [InlineData("Tutor")]
    [InlineData("Fleet.*")]
    public async Task Excluded_types_are_no_agents(string value)
    {
        await Rule.With("agentlift.excluded_types", value).FindsNothing(MarkedWorker);
        await Rule.Verify(MarkedWorker);
    }

    [Fact]
    public async Task Excluded_types_win_over_the_attribute_and_the_manifest()
    {
        const string Marked = "[AgentLift.Agent] public class [|Tutor|];";
        var listed = Rule.WithFile("agents.json", """{ "agents": [ { "name": "tutor", "type": "Tutor" } ] }""");

        await listed.Verify(Marked);
        await listed.With("agentlift.excluded_types", "Tutor").FindsNothing(Marked);
    }

    [Theory]
    [InlineData("false")]
    [InlineData(" False ")]
    public async Task Detection_by_behaviour_can_be_switched_off(string value)
    {
        await Rule.With("agentlift.detect_by_behaviour", value).FindsNothing(MarkedWorker);
        await Rule.With("agentlift.detect_by_behaviour", value).Verify("[AgentLift.Agent] public class [|Tutor|];");
        await Rule.With("agentlift.detect_by_behaviour", "true").Verify(MarkedWorker);
    }

    [Fact]
    public async Task Agent_suffixes_strengthen_weak_signs()
    {
        const string Timer = """
            public class [|PriceRobot|]
            {
                readonly Timer timer;
                public PriceRobot() => timer = new Timer(Tick, null, 0, 1000);
                void Tick(object? state) { }
            }
            """;

        await Rule.FindsNothing(Timer);
        await Rule.With("agentlift.agent_suffixes", "Robot, Drone").Verify(Timer);
    }

    [Fact]
    public async Task Agent_suffixes_replace_the_built_in_ones()
    {
        const string Timer = """
            public class [|PriceWorker|]
            {
                readonly Timer timer;
                public PriceWorker() => timer = new Timer(Tick, null, 0, 1000);
                void Tick(object? state) { }
            }
            """;

        await Rule.Verify(Timer);
        await Rule.With("agentlift.agent_suffixes", "Robot").FindsNothing(Timer);
    }

    [Fact]
    public async Task Base_types_name_the_base_of_lifted_agents()
    {
        const string Source = """
            public abstract class Machine { protected abstract Task OnStartingAsync(CancellationToken token); }
            public class Tutor : Machine { protected override Task OnStartingAsync(CancellationToken token) { Console.WriteLine(1); return Task.CompletedTask; } }
            """;

        await Rule.FindsNothing(Source);
        await Rule.With("agentlift.base_types", "Machine").Verify(Source.Replace("Console.WriteLine(1)", "{|AGL1004:Console.WriteLine(1)|}", StringComparison.Ordinal));
    }
}
