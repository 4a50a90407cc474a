using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class AgentAdapterTests
{
    private static readonly BaseAgentRewriter[] Rewriters = [new()];
    private static readonly LiftOptions Assisted = LiftOptions.Everything with { IncludeAssisted = true };

    [Fact]
    public async Task An_agent_whose_base_class_stays_is_owned_by_a_base_agent()
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, Rewriters, Agent("public class PollAgent : Machine", "public void Start() { Begin(); }", "public void Stop() { _running = false; }"));

        agents.Single().After.ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.NotABaseAgent);
        texts[0].ShouldContain("[RunBy(typeof(PollAgentHost))]\npublic class PollAgent : Machine\n");
        texts[0].ShouldContain(
            """
            /// <summary>Runs <see cref="PollAgent"/>, whose base class stays what it is.</summary>
            // AGENTLIFT AGL1001: register PollAgentHost with the host in place of making PollAgent by hand.
            [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
            [Agent("PollAgent")]
            public sealed class PollAgentHost(AgentContext context) : BaseAgent(context)
            {
                private readonly PollAgent agent = new();

                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    agent.Start();
                    return ValueTask.CompletedTask;
                }

                protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
                {
                    agent.Stop();
                    return ValueTask.CompletedTask;
                }
            }

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("internal sealed class PollAgent(int seconds) : Machine", "public void Run() { while (_running) { File.Delete(\"old\" + seconds); Thread.Sleep(1); } }", "internal sealed class PollAgentHost(AgentContext context, PollAgent agent) : BaseAgent(context)")]
    [InlineData("public class PollAgent : Machine", "public override void TurnOn() { Begin(); }", "agent.TurnOn();")]
    public async Task Forms_of_an_owner(string header, string start, string expected)
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Assisted, Rewriters, Agent(header, start, ""));

        texts[0].ShouldContain(expected);
    }

    [Theory]
    [InlineData("public class PollAgent : Machine", "private void Hidden() { Begin(); }", "nothing is seen to start PollAgent, which an owner would have to do")]
    [InlineData("public class PollAgent<T> : Machine", "public void Start() { Begin(); }", "PollAgent is generic or nested, so that no class beside it can own it")]
    public async Task An_agent_that_nobody_could_own_stays(string header, string start, string reason)
    {
        var (_, agents) = await LiftVerifier.LiftAsync(Assisted, Rewriters, Agent(header, start, ""));

        agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe([reason]);
    }

    private static string Agent(string header, string start, string more) => $$"""
        namespace Fleet;

        public abstract class Machine
        {
            public virtual void TurnOn()
            {
            }
        }

        /// <summary>Polls.</summary>
        {{header}}
        {
            private volatile bool _running = true;

            {{start}}

            {{more}}

            private void Begin() => new Thread(Loop).Start();

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(1000);
            }
        } // the end

        """.ReplaceLineEndings("\n");
}
