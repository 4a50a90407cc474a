using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>What an agent does on its way down is done after the lift too: behind its loops, for what is queued, and before its loops are asked to end.</summary>
public class WorkAtTheEndTests
{
    private const string Quiet = "await Task.Delay(1000, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);";

    [Fact]
    public async Task What_stands_behind_a_loop_that_slept_is_still_reached()
    {
        var text = await LiftAsync("while (_running)\n{\n    _rounds++;\n    Thread.Sleep(1000);\n}\n\nSystem.IO.File.WriteAllText(\"state\", _rounds.ToString());", "_running = false;\n_thread.Join();");

        text.ShouldContain(Quiet);
    }

    [Fact]
    public async Task A_loop_that_works_off_a_queue_is_not_cut_short()
    {
        var text = await LiftAsync("while (_running || _rounds > 0)\n{\n    _rounds--;\n    Thread.Sleep(1000);\n}", "_running = false;\n_thread.Join();");

        text.ShouldContain(Quiet);
    }

    [Fact]
    public async Task A_wait_below_a_caller_that_catches_everything_throws_nothing()
    {
        var text = await LiftAsync(
            "while (_running)\n{\n    try\n    {\n        Round();\n    }\n    catch (Exception)\n    {\n        _failures++;\n    }\n}",
            "_running = false;\n_thread.Join();",
            "private int _failures;\n\nprivate void Round()\n{\n    _rounds++;\n    for (var i = 0; i < 10 && _running; i++)\n        Thread.Sleep(1000);\n}");

        text.ShouldContain(Quiet);
    }

    [Fact]
    public async Task A_delay_that_was_awaited_already_lets_what_is_behind_its_loop_be_reached()
    {
        var text = await LiftAsync("while (_running)\n{\n    _rounds++;\n    await Task.Delay(1000);\n}\n\n_rounds = -1;", "_running = false;", start: "Task.Run(Loop);", signature: "async Task");

        text.ShouldContain(Quiet);
    }

    [Fact]
    public async Task A_loop_with_nothing_behind_it_ends_by_its_token()
    {
        var text = await LiftAsync("while (_running)\n{\n    if (_rounds > 3)\n        _rounds--;\n    Thread.Sleep(1000);\n}", "_running = false;\n_thread.Join();");

        text.ShouldNotContain("ConfigureAwait");
    }

    [Theory]
    [InlineData("Tell();\n_running = false;\n_thread.Join();", true)]
    [InlineData("_running = false;\nTell();\n_thread.Join();", false)]
    [InlineData("Console.WriteLine(\"stopping\");\n_running = false;\n_thread.Join();", false)]
    public async Task What_the_stop_does_before_it_asks_loops_to_end_is_not_put_off(string stop, bool isRefused)
    {
        var text = await LiftAsync("while (_running)\n{\n    _rounds++;\n    Thread.Sleep(1000);\n}", stop, "private void Tell() => _rounds = 0;", mayRefuse: isRefused);

        text.Contains("new Thread(", StringComparison.Ordinal).ShouldBe(isRefused);
    }

    private static async Task<string> LiftAsync(string loop, string stop, string more = "", string start = "_thread = new Thread(Loop);\n_thread.Start();", string signature = "void", bool mayRefuse = false)
    {
        var source = $$"""
            using AgentLift.Runtime;

            namespace Fleet;

            public class RoundAgent(AgentContext context) : BaseAgent(context)
            {
                private Thread _thread;
                private volatile bool _running;
                private int _rounds;

                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    _running = true;
            {{Indented(start, 8)}}
                    return ValueTask.CompletedTask;
                }

                protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
                {
            {{Indented(stop, 8)}}
                    return ValueTask.CompletedTask;
                }

                private {{signature}} Loop()
                {
            {{Indented(loop, 8)}}
                }

            {{Indented(more, 4)}}
            }
            """;
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", source)]);
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty();
        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.CoreLogic, LiftOptions.Everything, CancellationToken.None);
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty();
        var reasons = lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ToList();
        if (mayRefuse)
            reasons.ShouldContain("the stop of the agent does Tell before it asks its loops to end, and would do it when they have ended: move it into OnDrainingAsync first");
        return (await lifted.Solution.Projects.Single().Documents.Single(document => document.Name == "File0.cs").GetTextAsync()).ToString();
    }

    private static string Indented(string text, int by) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', by) + line));
}
