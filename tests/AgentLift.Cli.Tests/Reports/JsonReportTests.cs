using System.Text.Json;
using AgentLift.Cli.Reports.Json;

namespace AgentLift.Cli.Tests.Reports;

public class JsonReportTests
{
    [Fact]
    public void Keys_keep_their_order()
    {
        using var report = JsonDocument.Parse(new JsonReport().Text(SampleFleet.Fourteen));
        var root = report.RootElement;
        var agent = root.GetProperty("agents")[1];

        Keys(root).ShouldBe(["tool", "target", "matrix", "summary", "agents", "errors"]);
        Keys(root.GetProperty("summary")).ShouldBe(["agents", "lifted", "legacy", "adoptionPercent", "totalScore", "byLevel"]);
        Keys(root.GetProperty("summary").GetProperty("byLevel")).ShouldBe(["low", "medium", "high", "critical"]);
        Keys(agent).ShouldBe(["name", "type", "project", "files", "lifted", "stage", "score", "level", "strategy", "factors", "candidate", "evidence"]);
        Keys(agent.GetProperty("factors")[0]).ShouldBe(["id", "weight", "severity", "contribution", "reason"]);
        Keys(agent.GetProperty("candidate")).ShouldBe(["score", "potential", "risk", "patterns"]);
        Keys(agent.GetProperty("evidence")[0]).ShouldBe(["rule", "stage", "file", "line", "column", "symbol", "message", "fix", "fixObstacle"]);
        Keys(root.GetProperty("errors")[0]).ShouldBe(["file", "line", "message", "nextStep"]);
    }

    [Fact]
    public void The_reference_agent_scores_35_of_34_375()
    {
        using var report = JsonDocument.Parse(new JsonReport().Text(SampleFleet.Fourteen));
        var agent = report.RootElement.GetProperty("agents").EnumerateArray().Single(agent => agent.GetProperty("name").GetString() == "model-manager");

        agent.GetProperty("score").GetInt32().ShouldBe(35);
        agent.GetProperty("level").GetString().ShouldBe("high");
        agent.GetProperty("strategy").GetString().ShouldBe("framework");
        agent.GetProperty("factors").EnumerateArray().Sum(factor => factor.GetProperty("contribution").GetDecimal()).ShouldBe(34.375m);
    }

    [Fact]
    public void Numbers_carry_no_idle_zeros_and_lines_end_the_same_everywhere()
    {
        var text = new JsonReport().Text(SampleFleet.Fourteen);

        text.ShouldContain("\"weight\": 0.3,");
        text.ShouldContain("\"contribution\": 9.375,");
        text.ShouldContain("\"adoptionPercent\": 21.4,");
        text.ShouldNotContain("\r");
        text.ShouldEndWith("}\n");
    }

    [Fact]
    public void Errors_say_null_for_what_is_not_known()
    {
        using var report = JsonDocument.Parse(new JsonReport().Text(SampleFleet.ErrorsOnly));
        var errors = report.RootElement.GetProperty("errors");

        errors[0].GetProperty("line").GetInt32().ShouldBe(12);
        errors[1].GetProperty("line").ValueKind.ShouldBe(JsonValueKind.Null);
        errors[2].GetProperty("file").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Hostile_text_arrives_unchanged()
    {
        using var report = JsonDocument.Parse(new JsonReport().Text(SampleFleet.Hostile));
        report.RootElement.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString())
            .ShouldContain("<script>alert(1)</script>");
    }

    [Fact]
    public void The_same_fleet_gives_the_same_bytes() =>
        new JsonReport().Text(SampleFleet.Large(200)).ShouldBe(new JsonReport().Text(SampleFleet.Large(200)));

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
