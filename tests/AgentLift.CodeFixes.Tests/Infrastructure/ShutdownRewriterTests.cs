using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Shutdown;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class ShutdownRewriterTests
{
    [Theory]
    [InlineData("Console.CancelKeyPress += (_, e) => { e.Cancel = true; Stop(); };", "")]
    [InlineData("Console.CancelKeyPress += (_, e) => { e.Cancel = true; _running = false; };", "")]
    [InlineData("Console.CancelKeyPress += (_, e) => { Stop(); Environment.Exit(0); };", "")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();", "")]
    [InlineData("Console.CancelKeyPress += OnCancel;", "private void OnCancel(object? sender, ConsoleCancelEventArgs e) { e.Cancel = true; Stop(); }")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (sender, e) => OnExit(sender, e);", "private void OnExit(object? sender, EventArgs e) { Stop(); }")]
    [InlineData("System.Runtime.Loader.AssemblyLoadContext.Default.Unloading += _ => Stop();", "")]
    [InlineData("_signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => c.Cancel = true);", "private System.Runtime.InteropServices.PosixSignalRegistration _signal;")]
    public async Task A_handler_that_only_stops_the_agent_goes(string hook, string more)
    {
        var (text, agent) = await LiftAsync(Agent(hook, more));

        agent.Obstacles.ShouldBeEmpty();
        agent.After.ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.HandRolledShutdown);
        text.ShouldContain("    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)\n    {\n        _running = true;\n");
        foreach (var gone in new[] { "CancelKeyPress", "OnCancel", "OnExit", "_signal", "Environment" })
            text.ShouldNotContain(gone);
    }

    [Fact]
    public async Task What_a_handler_does_beyond_stopping_is_done_while_the_agent_drains()
    {
        var (text, _) = await LiftAsync(Agent("Console.CancelKeyPress += (_, e) =>\n        {\n            e.Cancel = true; // in order\n            Flush();\n            Stop();\n        };", "private void Flush() => File.Delete(\"x\");"));

        text.ShouldContain("        // in order\n");
        text.ShouldContain("    protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)\n    {\n        Flush();\n        return ValueTask.CompletedTask;\n    }\n");
    }

    [Fact]
    public async Task Where_nothing_stopped_the_agent_its_handler_becomes_its_stop()
    {
        var (text, _) = await LiftAsync(Agent("Console.CancelKeyPress += (_, e) => { e.Cancel = true; _running = false; };", "").Replace("public void Stop() => _running = false;", "", StringComparison.Ordinal));

        text.ShouldContain("    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)\n    {\n        _running = false;\n        return ValueTask.CompletedTask;\n    }\n");
    }

    [Theory]
    [InlineData("if (_failures > 3) Environment.Exit(3);", "if (_failures > 3) { RequestStop(3); return; }")]
    [InlineData("if (_failures > 3)\n            {\n                Environment.Exit(3);\n            }", "RequestStop(3);\n                return;")]
    [InlineData("if (_failures > 3) { Environment.Exit(3); return; }", "{ RequestStop(3); return; }")]
    [InlineData("switch (_failures) { case 3: Environment.Exit(3); break; }", "case 3: RequestStop(3); return; }")]
    [InlineData("try { _failures++; } catch (IOException) { Environment.Exit(1); }", "{ RequestStop(1);")]
    public async Task An_exit_asks_the_host_and_leaves_the_loop(string statement, string expected)
    {
        var (text, agent) = await LiftAsync(Agent("", "").Replace("Thread.Sleep(1000);", statement + "\n            Thread.Sleep(1000);", StringComparison.Ordinal));

        agent.Obstacles.ShouldBeEmpty();
        text.ShouldContain(expected);
    }

    [Theory]
    [InlineData("", "private void Fail() => Environment.Exit(2);", "private void Fail() => RequestStop(2);")]
    [InlineData("", "private void Fail(int code) { if (code != 0) Environment.Exit(code); }", "private void Fail(int code) { if (code != 0) RequestStop(code); }")]
    public async Task A_function_that_ends_the_process_asks_the_host(string hook, string more, string expected) =>
        (await LiftAsync(Agent(hook, more))).Text.ShouldContain(expected);

    [Theory]
    [InlineData("System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGHUP, _ => Stop());", "", "System.Runtime.InteropServices.PosixSignal.SIGHUP does not ask the process to end: the host leaves it alone")]
    [InlineData("AppDomain.CurrentDomain.DomainUnload += (_, _) => Stop();", "", "DomainUnload is never raised on .NET: decide by hand whether its handler belongs into OnStoppedAsync")]
    [InlineData("Console.CancelKeyPress += (_, e) => { if (_running) e.Cancel = true; };", "", "its handler decides something: move it to OnDrainingAsync by hand")]
    [InlineData("Console.CancelKeyPress += (_, e) => Say(e);", "private void Say(object e) { }", "its handler uses 'e', which only it knows")]
    [InlineData("Console.CancelKeyPress += async (_, _) => await Task.Yield();", "", "its handler is asynchronous, and nobody waited for its end")]
    [InlineData("", "private static void Fail() => Environment.Exit(2);", "Fail is static, and only the agent can ask its host: give it the agent first")]
    [InlineData("", "private int Fail() { Environment.Exit(2); return 1; }", "Fail returns a value, with which its caller would go on")]
    [InlineData("", "private void Fail() { Environment.Exit(2); } private void Two() { Fail(); _failures++; }", "Two goes on after the call of Fail, which ended the process: let it return first")]
    [InlineData("", "public void Fail() { Environment.Exit(2); }", "whoever calls it from outside goes on after the call of Fail, which ended the process: let it return first")]
    public async Task What_a_host_cannot_do_stays(string hook, string more, string reason) =>
        (await LiftAsync(Agent(hook, more))).Agent.Obstacles.Select(obstacle => obstacle.Reason).ShouldContain(reason);

    [Fact]
    public async Task An_agent_that_is_made_by_hand_keeps_its_handlers()
    {
        var (text, agent) = await LiftAsync(Agent("Console.CancelKeyPress += (_, _) => Stop();", ""), "namespace Fleet;\n\npublic static class Launcher\n{\n    public static void Launch() => new PollAgent().Start();\n}\n");

        text.ShouldContain("Console.CancelKeyPress");
        agent.Obstacles.Select(obstacle => obstacle.Reason).ShouldContain("PollAgent is still made by hand: without a host nothing else ends it in order");
    }

    private static async Task<(string Text, LiftedAgent Agent)> LiftAsync(params string[] sources)
    {
        var solution = LiftVerifier.SolutionOf(sources.Select((source, i) => ($"/fleet/File{i}.cs", source.ReplaceLineEndings("\n"))));
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty("the test's source must compile");
        var options = LiftOptions.Everything;

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Infrastructure, options, CancellationToken.None);

        var text = (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString();
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(text);
        var again = await StageLift.ApplyAsync(lifted.Solution, MigrationStage.Infrastructure, options, CancellationToken.None);
        again.Agents.ShouldAllBe(agent => !agent.Changed, "a second run must write nothing");
        return (text, lifted.Agents.Single());
    }

    private static string Agent(string hook, string more) => $$"""
        namespace Fleet;

        public class PollAgent
        {
            private int _failures;
            private volatile bool _running;
            private Thread _thread;

            public void Start()
            {
                {{hook}}
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
            }

            public void Stop() => _running = false;

            {{more}}

            private void Loop()
            {
                while (_running)
                {
                    Thread.Sleep(1000);
                }
            }
        }

        """.ReplaceLineEndings("\n");
}
