using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests;

public class AgentPassTests
{
    [Fact]
    public async Task An_agent_whose_edits_cross_those_of_another_is_told_so()
    {
        const string Source = """
            namespace Fleet;

            public class NoonAgent
            {
                public void Start() => new Thread(() => { while (true) { } }).Start();
            }

            public class MoonAgent
            {
                public void Start() => new Thread(() => { while (true) { } }).Start();
            }
            """;
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);

        var lifted = await StageLift.ApplyAsync(solution, [new AgentPass(new Renaming())], LiftOptions.Everything, CancellationToken.None);

        lifted.Agents.Count(agent => agent.Changed).ShouldBe(1);
        lifted.Agents.Single(agent => !agent.Changed).Obstacles.Select(obstacle => obstacle.Reason)
            .ShouldBe(["its edits cross those of another agent in the same file: lift that one first, then this one"]);
    }

    // Every agent wants the namespace to be another.
    private sealed class Renaming : IRewriter
    {
        public ImmutableArray<string> RuleIds => [];

        public string Title => "Rename";

        public bool Concerns(AgentSigns agent) => true;

        public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
        {
            draft.Replace(agent.Declaration.SyntaxTree, new TextSpan("namespace ".Length, "Fleet".Length), agent.Type.Name + "s");
            return Task.CompletedTask;
        }
    }
}
