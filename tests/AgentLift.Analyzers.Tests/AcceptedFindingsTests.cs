using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers.Tests;

/// <summary>What stands in the list of exceptions is not reported; everything else is.</summary>
public class AcceptedFindingsTests
{
    private const string Code = """
        using System;
        using System.Threading;

        namespace Fleet;

        public class PollAgent
        {
            public void Start() => new Thread(Loop).Start();

            private void Loop()
            {
                while (true)
                {
                    Console.WriteLine("poll");
                    Thread.Sleep(100);
                }
            }
        }
        """;

    [Theory]
    [InlineData("PollAgent")]
    [InlineData("fleet.pollagent")]
    public async Task Of_an_agent_that_stays_legacy_nothing_is_reported(string agent) =>
        (await RulesIn($$"""{ "exceptions": [ { "agent": "{{agent}}", "reason": "r", "review": "2030-01-31" } ] }""")).ShouldBeEmpty();

    [Fact]
    public async Task A_rule_is_accepted_in_one_agent_and_the_rest_is_reported()
    {
        var all = await RulesIn("""{ "exceptions": [] }""");
        var others = await RulesIn("""{ "exceptions": [ { "agent": "PollAgent", "reason": "r", "review": "2030-01-31", "rules": ["AGL2001", "AGL1004"] }, { "agent": "Other", "reason": "r", "review": "2030-01-31" } ] }""");

        all.ShouldContain(RuleIds.ManualThread);
        others.ShouldBe(all.Except([RuleIds.ManualThread, RuleIds.ConsoleLogging]));
        others.ShouldContain(RuleIds.LowRiskAgent);
    }

    [Fact]
    public async Task The_score_is_silent_once_every_finding_is_accepted()
    {
        var all = await RulesIn("""{ "exceptions": [] }""");
        var rules = string.Join(", ", all.Where(id => id != RuleIds.LowRiskAgent).Select(id => $"\"{id}\""));

        (await RulesIn($$"""{ "exceptions": [ { "agent": "PollAgent", "reason": "r", "review": "2030-01-31", "rules": [{{rules}}] } ] }""")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"review\": \"soon\"", "'soon' is no date")]
    [InlineData("\"review\": \"2030-01-31\", \"rules\": []", "the list of rules is empty")]
    [InlineData("\"review\": \"2030-01-31\", \"rules\": [\"AGL9999\"]", "no rule is called 'AGL9999'")]
    public async Task A_list_that_cannot_be_used_accepts_nothing_and_is_reported_where_it_is_wrong(string rest, string message)
    {
        var diagnostics = await Diagnostics($$"""
            { "exceptions": [
              { "agent": "PollAgent", "reason": "r", {{rest}} }
            ] }
            """);

        var problem = diagnostics.Single(diagnostic => diagnostic.Id == RuleIds.UnusableDataFile);
        problem.GetMessage().ShouldContain(message);
        problem.Location.GetLineSpan().StartLinePosition.Line.ShouldBe(1);
        diagnostics.ShouldContain(diagnostic => diagnostic.Id == RuleIds.ManualThread);
    }

    private static async Task<List<string>> RulesIn(string exceptions) => [.. (await Diagnostics(exceptions)).Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<Diagnostic>> Diagnostics(string exceptions) =>
        await new AnalyzerRun().WithFile("/fleet/agentlift.exceptions.json", exceptions).Diagnostics(TestCompilation.Create([("PollAgent.cs", Code)]).ThatCompiles());
}
