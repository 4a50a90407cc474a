using System.Text.Json;

namespace AgentLift.Cli.Tests.Migrating;

public sealed class PlanTests
{
    [Fact]
    public async Task Every_format_tells_the_plan()
    {
        using var project = new SmallProject();

        var table = await project.RunAsync("plan", ".");
        var json = await project.RunAsync("plan", ".", "--no-restore", "--format", "json");
        var sarif = await project.RunAsync("plan", ".", "--no-restore", "--format", "sarif");
        var html = await project.RunAsync("plan", ".", "--no-restore", "--format", "html");
        var markdown = await project.RunAsync("plan", ".", "--no-restore", "--format", "markdown");

        table.ExitCode.ShouldBe(0, table.Errors);
        table.Output.ShouldContain("1 agent in 1 batch, 0 passed over");
        var agent = JsonDocument.Parse(json.Output).RootElement.GetProperty("batches")[0].GetProperty("agents")[0];
        agent.GetProperty("strategy").GetString().ShouldBe("rapid");
        agent.GetProperty("stages")[0].GetProperty("removes").GetProperty("AGL1001").GetInt32().ShouldBe(1);
        JsonDocument.Parse(sarif.Output).RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        html.Output.ShouldStartWith("<!DOCTYPE html>");
        html.Output.ShouldContain("PollAgent");
        markdown.Output.ShouldStartWith("## AgentLift plan");
    }
}
