using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Markers;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Markers;

public class MarkerRewriterTests
{
    private static readonly MarkerRewriter Marker = new(MigrationStage.Infrastructure);

    [Fact]
    public async Task A_marker_comes_with_the_edit_that_takes_away_the_last_of_a_stage() =>
        (await LiftAsync("Console.WriteLine(\"at noon\");")).ShouldContain("[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = ");

    [Fact]
    public async Task A_marker_waits_while_something_of_the_stage_is_for_a_later_edit() =>
        (await LiftAsync("if (DateTime.Now.Hour == 12) { Console.WriteLine(\"at noon\"); Environment.Exit(3); }")).ShouldSatisfyAllConditions(
            text => text.ShouldContain(": BaseAgent"),
            text => text.ShouldNotContain("LiftedAgent"));

    [Fact]
    public Task A_marker_of_what_never_went_through_a_stage_is_taken_away() => LiftVerifier.VerifyAsync(
        [Marker],
        Marked("""
            /// <summary>Rings.</summary>
            [LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
            public class NoonAgent
            """),
        Marked("""
            /// <summary>Rings.</summary>
            public class NoonAgent
            """));

    [Theory]
    [InlineData("[Obsolete, LiftedAgent(MigrationStage.Infrastructure)]")]
    [InlineData("[LiftedAgent(MigrationStage.Infrastructure)] // by hand\n")]
    public async Task A_marker_that_cannot_go_alone_claims_nothing(string attributes)
    {
        var (texts, _) = await LiftVerifier.LiftAsync([Marker], Marked(attributes + "public class NoonAgent"));

        texts[0].ShouldContain("LiftedAgent(MigrationStage.None, ToolVersion = ");
        texts[0].Split("// by hand").Length.ShouldBe(attributes.Split("// by hand").Length);
    }

    private static async Task<string> LiftAsync(string work)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Marked("public class NoonAgent", work))]);
        var pipeline = new AgentPipeline(new AgentPass(new BaseAgentRewriter(), new ConsoleLoggingRewriter())) { Marker = Marker };

        var lifted = await StageLift.ApplyAsync(solution, [pipeline], LiftOptions.Everything, CancellationToken.None);

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty();
        return (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString();
    }

    private static string Marked(string head, string work = "") => $$"""
        using AgentLift.Runtime;

        namespace Fleet;

        {{head}}
        {
            private readonly Thread _thread;

            public NoonAgent() => _thread = new Thread(Loop);

            public void Start() => _thread.Start();

            private void Loop()
            {
                while (true)
                {
                    {{work}}
                    Thread.Sleep(1000);
                }
            }
        }
        """.ReplaceLineEndings("\n");
}
