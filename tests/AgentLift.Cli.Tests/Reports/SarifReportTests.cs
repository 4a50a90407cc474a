using System.Collections.Immutable;
using System.Text.Json;
using AgentLift.Cli.Reports.Sarif;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class SarifReportTests
{
    [Fact]
    public void There_is_one_run_that_names_tool_and_root()
    {
        var run = Run(SampleFleet.Fourteen);
        var driver = run.GetProperty("tool").GetProperty("driver");

        driver.GetProperty("name").GetString().ShouldBe("agentlift");
        driver.GetProperty("semanticVersion").GetString().ShouldBe("0.1.0");
        run.GetProperty("columnKind").GetString().ShouldBe("utf16CodeUnits");
        run.GetProperty("originalUriBaseIds").TryGetProperty("SRCROOT", out var root).ShouldBeTrue();
        root.TryGetProperty("uri", out _).ShouldBeFalse("a report must not name the machine unless asked to");
    }

    [Fact]
    public void A_root_that_is_given_ends_with_a_slash()
    {
        using var output = new StringWriter();
        new SarifReport(sourceRoot: new Uri("file:///fleet/my code")).Write(SampleFleet.Empty, output);
        output.ToString().ShouldContain("\"uri\": \"file:///fleet/my%20code/\"");
    }

    [Fact]
    public void Every_rule_is_described_and_every_result_points_at_its_rule()
    {
        var run = Run(SampleFleet.Fourteen);
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");

        rules.GetArrayLength().ShouldBe(RuleTable.All.Length);
        foreach (var (index, rule) in rules.EnumerateArray().Index())
        {
            rule.GetProperty("id").GetString().ShouldBe(RuleTable.All[index].Id);
            rule.GetProperty("help").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
            rule.GetProperty("helpUri").GetString().ShouldBe(RuleTable.All[index].HelpLink);
        }

        foreach (var result in Results(run))
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().ShouldBe(result.GetProperty("ruleId").GetString());
    }

    [Fact]
    public void The_page_of_a_rule_becomes_its_help()
    {
        using var output = new StringWriter();
        new SarifReport(id => id == "AGL2001" ? "# Manual thread" : null).Write(SampleFleet.Empty, output);
        using var log = JsonDocument.Parse(output.ToString());
        var rules = log.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray();
        rules.Where(rule => rule.GetProperty("help").TryGetProperty("markdown", out _)).ShouldHaveSingleItem()
            .GetProperty("id").GetString().ShouldBe("AGL2001");
    }

    [Fact]
    public void Every_legacy_agent_has_its_score_at_its_declaration_and_no_lifted_one()
    {
        var scores = Results(Run(SampleFleet.Fourteen)).Where(result => IsScore(result)).ToList();

        scores.Count.ShouldBe(SampleFleet.Fourteen.Summary.Legacy);
        var score = scores.Single(result => result.GetProperty("properties").GetProperty("agent").GetString() == "model-manager");
        score.GetProperty("ruleId").GetString().ShouldBe(RuleIds.HighRiskAgent);
        score.GetProperty("level").GetString().ShouldBe("warning");
        score.GetProperty("message").GetProperty("text").GetString()!.ShouldContain("score 35: 227 KB of source");
        Region(score).GetProperty("startLine").GetInt32().ShouldBe(9);
    }

    [Fact]
    public void Candidates_are_reported_from_score_six() =>
        Results(Run(SampleFleet.Fourteen)).Count(result => result.GetProperty("ruleId").GetString() == RuleIds.OptimizationCandidate)
            .ShouldBe(SampleFleet.Fourteen.Agents.Count(agent => agent.Candidate.Score >= 6));

    [Fact]
    public void A_project_with_two_target_frameworks_is_reported_once()
    {
        var fleet = SampleFleet.Fourteen;
        var twice = fleet with { Agents = [.. fleet.Agents, .. fleet.Agents.Select(agent => agent with { Project = agent.Project + "(net8.0)" })] };
        Results(Run(twice)).Count.ShouldBe(Results(Run(fleet)).Count);
    }

    [Fact]
    public void The_order_of_agents_and_evidence_does_not_show()
    {
        var fleet = SampleFleet.Fourteen;
        var reordered = fleet with
        {
            Agents = [.. fleet.Agents.Reverse().Select(agent => agent with { Evidence = [.. agent.Evidence.Reverse()] })],
        };
        new SarifReport().Text(reordered).ShouldBe(new SarifReport().Text(fleet));
    }

    [Fact]
    public void Fingerprints_survive_moved_lines()
    {
        var moved = SampleFleet.Fourteen with { Agents = [.. SampleFleet.Fourteen.Agents.Select(agent => Moved(agent, 5))] };
        Fingerprints(moved).ShouldBe(Fingerprints(SampleFleet.Fourteen), ignoreOrder: true);
    }

    [Fact]
    public void Errors_become_notifications_and_the_run_is_not_called_successful()
    {
        var invocation = Run(SampleFleet.ErrorsOnly).GetProperty("invocations")[0];
        var notifications = invocation.GetProperty("toolExecutionNotifications");

        invocation.GetProperty("executionSuccessful").GetBoolean().ShouldBeFalse();
        notifications.GetArrayLength().ShouldBe(3);
        notifications[0].GetProperty("message").GetProperty("text").GetString().ShouldBe("unknown key 'prot'. Next: write 'port', or remove the line.");
        notifications[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(12);
        notifications[2].TryGetProperty("locations", out _).ShouldBeFalse();
        Run(SampleFleet.Empty).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Paths_are_percent_encoded()
    {
        var uri = Results(Run(SampleFleet.Hostile)).Single(result => result.GetProperty("message").GetProperty("text").GetString()!.StartsWith("<script>", StringComparison.Ordinal))
            .GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");
        uri.GetProperty("uri").GetString().ShouldBe("src/a%7Cb%20%3Cc%3E%20%22d%22.cs");
        uri.GetProperty("uriBaseId").GetString().ShouldBe("SRCROOT");
    }

    [Theory]
    [InlineData("src/C# code/ä:b.cs", "src/C%23%20code/%C3%A4%3Ab.cs", true)]
    [InlineData("../shared/a.cs", "../shared/a.cs", true)]
    [InlineData("src\\a.cs", "src/a.cs", true)]
    [InlineData("/fleet/a b.cs", "file:///fleet/a%20b.cs", false)]
    [InlineData("C:\\fleet\\a.cs", "file:///C:/fleet/a.cs", false)]
    public void A_path_becomes_a_uri(string path, string uri, bool relative) => ArtifactUri.Of(path).ShouldBe((uri, relative));

    private static JsonElement Run(FleetAssessment fleet)
    {
        using var log = JsonDocument.Parse(new SarifReport().Text(fleet));
        log.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        return log.RootElement.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem().Clone();
    }

    private static List<JsonElement> Results(JsonElement run) => [.. run.GetProperty("results").EnumerateArray()];

    private static bool IsScore(JsonElement result) =>
        result.GetProperty("ruleId").GetString() is RuleIds.LowRiskAgent or RuleIds.MediumRiskAgent or RuleIds.HighRiskAgent or RuleIds.CriticalRiskAgent;

    private static JsonElement Region(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");

    private static List<string?> Fingerprints(FleetAssessment fleet) =>
        [.. Results(Run(fleet)).Select(result => result.GetProperty("partialFingerprints").GetProperty("agentlift/v1").GetString())];

    private static AssessedAgent Moved(AssessedAgent agent, int lines) => agent with
    {
        Declaration = Moved(agent.Declaration, lines),
        Evidence = agent.Evidence.Select(finding => finding with { Place = Moved(finding.Place, lines) }).ToImmutableArray(),
    };

    private static SourcePlace Moved(SourcePlace place, int lines) => place with { Line = place.Line + lines, EndLine = place.EndLine + lines };
}
