using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests;

/// <summary>The refactoring as an IDE asks for it: a caret in a file.</summary>
public class LiftRefactoringTests
{
    private const string Source = """
        public class PollAgent
        {
            private Thread _thread;
            private volatile bool _running;

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(1000);
            }
        }

        public class Money
        {
        }
        """;

    [Fact]
    public async Task On_the_name_of_an_agent_each_stage_is_offered_and_compiles()
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);

        var offered = (await OfferedAsync(solution, "PollAgent")).ShouldHaveSingleItem();

        offered.Title.ShouldBe("Lift 'PollAgent', stage by stage");
        offered.NestedActions[0].Title.ShouldBe("Infrastructure: base class, lifecycle, logger");
        foreach (var stage in offered.NestedActions)
        {
            var changed = (await stage.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
            (await LiftVerifier.ErrorsAsync(changed)).ShouldBeEmpty();
            (await changed.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldContain("class PollAgent : BaseAgent");
        }
    }

    [Theory]
    [InlineData("Money")]
    [InlineData("_running = true")]
    public async Task Elsewhere_nothing_is_offered(string at) =>
        (await OfferedAsync(LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]), at)).ShouldBeEmpty();

    private static async Task<ImmutableArray<CodeAction>> OfferedAsync(Solution solution, string at)
    {
        var offered = ImmutableArray.CreateBuilder<CodeAction>();
        var place = new TextSpan(Source.IndexOf(at, StringComparison.Ordinal), 0);
        await new LiftRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(solution.Projects.Single().Documents.First(), place, offered.Add, default));
        return offered.ToImmutable();
    }
}
