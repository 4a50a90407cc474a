using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Health;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class HealthCheckRewriterTests
{
    private static readonly IRewriter[] Rewriters = [new BaseAgentRewriter(), new HealthCheckRewriter()];
    private static readonly LiftOptions Assisted = LiftOptions.Everything with { IncludeAssisted = true };

    [Theory]
    [InlineData("public bool IsHealthy() => _running;", "ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>\n        ValueTask.FromResult(IsHealthy()\n            ? HealthCheckResult.Healthy()\n            : HealthCheckResult.Unhealthy(\"IsHealthy says no.\"));")]
    [InlineData("public Task<bool> CheckHealth(CancellationToken token) => Task.FromResult(_running);", "protected override async ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>\n        await CheckHealth(cancellationToken)\n            ? HealthCheckResult.Healthy()")]
    [InlineData("private bool IsAlive() => _running; private bool Readiness() => true;", "IsAlive() && Readiness()\n            ? HealthCheckResult.Healthy()\n            : HealthCheckResult.Unhealthy(\"IsAlive or Readiness says no.\"));")]
    public async Task What_the_agent_says_of_its_health_it_tells_the_runtime(string check, string expected)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, Rewriters, Agent(check));

        texts[0].ShouldContain(check);
        texts[0].ShouldContain(expected);
        agents.Single().After.ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.HandRolledHealthCheck);
    }

    [Theory]
    [InlineData("public string Health() => \"ok\";", "Health does not say yes or no: what makes the agent healthy is for a person to say in CheckHealthAsync")]
    [InlineData("public bool Health(Stream answer) => true;", "Health writes its answer to somebody: what makes the agent healthy is for a person to say in CheckHealthAsync")]
    [InlineData("public string Answer(string line) => line == \"health\" ? \"ok\" : new System.Net.Sockets.TcpClient().ToString();", "it answers a request: what makes the agent healthy is for a person to say in CheckHealthAsync")]
    public async Task What_says_neither_yes_nor_no_stays(string check, string reason)
    {
        var (_, agents) = await LiftVerifier.LiftAsync(Assisted, Rewriters, Agent(check));

        agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe([reason]);
    }

    [Fact]
    public async Task Nothing_is_written_unless_it_is_asked_for()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("public bool IsHealthy() => _running;"));

        texts[0].ShouldNotContain("CheckHealthAsync");
    }

    private static string Agent(string check) => $$"""
        public class PollAgent
        {
            private volatile bool _running;

            public void Start()
            {
                _running = true;
                new Thread(Loop).Start();
            }

            {{check}}

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(1000);
            }
        }

        """.ReplaceLineEndings("\n");
}
