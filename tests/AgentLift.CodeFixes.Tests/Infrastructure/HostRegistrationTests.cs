using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

/// <summary>Programs that make agents by hand, through the whole stage.</summary>
public class HostRegistrationTests
{
    [Theory]
    [InlineData("Console.ReadLine();")]
    [InlineData("Console.ReadKey(true);")]
    [InlineData("_ = Console.ReadLine();")]
    [InlineData("Thread.Sleep(Timeout.Infinite);")]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan);")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("while (true) { Thread.Sleep(1000); }")]
    [InlineData("while (Console.ReadLine() != \"quit\") ;")]
    [InlineData("Thread.CurrentThread.Join();")]
    public async Task A_wait_for_somebody_to_end_the_program_is_the_hosts(string wait)
    {
        var (program, agent, _) = await LiftAsync($"var agent = new PollAgent();\nagent.Start();\n{wait}\nagent.Stop();\n");

        program.ShouldBe("using AgentLift.Runtime;\nusing Microsoft.Extensions.Hosting;\n\nvar builder = Host.CreateApplicationBuilder(args);\nbuilder.AddAgent<PollAgent>();\nawait builder.Build().RunAsync();\n");
        agent.ShouldNotContain("CompatibilityConstructor");
    }

    [Theory]
    [InlineData("using var done = new ManualResetEventSlim();", "AppDomain.CurrentDomain.ProcessExit += (_, _) => done.Set();", "done.Wait();")]
    [InlineData("var done = new TaskCompletionSource();", "Console.CancelKeyPress += delegate(object? s, ConsoleCancelEventArgs e) { e.Cancel = true; done.TrySetResult(); };", "await done.Task;")]
    [InlineData("var done = new CancellationTokenSource();", "using var signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => { c.Cancel = true; done.Cancel(); });", "done.Token.WaitHandle.WaitOne();")]
    [InlineData("", "Console.CancelKeyPress += (_, _) => agent.Stop();", "Thread.Sleep(-1);")]
    public async Task Signals_are_the_hosts(string handle, string handler, string wait)
    {
        var (program, _, obstacles) = await LiftAsync($"{handle}\nvar agent = new PollAgent();\nagent.Start();\n{handler}\n{wait}\n");

        obstacles.ShouldBeEmpty();
        program.Trim('\n').ShouldEndWith("\n\nvar builder = Host.CreateApplicationBuilder(args);\nbuilder.AddAgent<PollAgent>();\nawait builder.Build().RunAsync();");
        program.ShouldNotContain("done");
    }

    [Fact]
    public async Task Agents_start_one_after_the_other_as_they_did()
    {
        var (program, _, _) = await LiftAsync("new PollAgent().Start();\nnew OtherAgent().Start();\nThread.Sleep(-1);\n");

        program.ShouldContain("builder.AddAgent<PollAgent>();\nbuilder.AddAgent<OtherAgent>(agent => agent.DependsOn.Add(nameof(PollAgent)));\nawait builder.Build().RunAsync();\n");
    }

    [Fact]
    public async Task What_the_program_does_while_agents_run_and_afterwards_stays()
    {
        var (program, _, _) = await LiftAsync("var agent = new PollAgent();\nagent.Start();\nvar watch = System.Diagnostics.Stopwatch.StartNew();\nConsole.ReadLine();\nagent.Stop();\nConsole.WriteLine(watch.Elapsed);\nreturn 0;\n");

        program.ShouldEndWith(
            "var builder = Host.CreateApplicationBuilder(args);\nbuilder.AddAgent<PollAgent>();\nusing var host = builder.Build();\nawait host.StartAsync();\n"
            + "var watch = System.Diagnostics.Stopwatch.StartNew();\nawait host.WaitForShutdownAsync();\nConsole.WriteLine(watch.Elapsed);\nreturn Environment.ExitCode;\n");
    }

    [Fact]
    public async Task An_agent_that_is_set_up_before_it_starts_comes_from_the_host()
    {
        var (program, _, _) = await LiftAsync("var agent = new PollAgent();\nagent.Seconds = 5;\nagent.Start();\nConsole.ReadLine();\n");

        program.ShouldEndWith(
            "var builder = Host.CreateApplicationBuilder(args);\nbuilder.AddAgent<PollAgent>();\nvar host = builder.Build();\nvar agent = host.Services.GetRequiredService<PollAgent>();\nagent.Seconds = 5;\nawait host.RunAsync();\n");
    }

    [Theory]
    [InlineData("public void Run() { while (_running) { File.Delete(\"old\"); Thread.Sleep(1); } }", "new LoopAgent().Run();")]
    [InlineData("public void Run() { while (_running) { File.Delete(\"old\"); Thread.Sleep(1); } }", "var agent = new LoopAgent();\nConsole.CancelKeyPress += (_, e) => { e.Cancel = true; agent.Stop(); };\nagent.Run();")]
    [InlineData("public async Task RunAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) { File.Delete(\"old\"); await Task.Delay(1, stop); } }", "using var end = new CancellationTokenSource();\nConsole.CancelKeyPress += (_, e) => { e.Cancel = true; end.Cancel(); };\nawait new LoopAgent().RunAsync(end.Token);")]
    public async Task An_agent_that_runs_until_it_ends_is_what_the_host_waits_for(string run, string program)
    {
        var (text, _, obstacles) = await LiftAsync(program + "\n", $"namespace Fleet;\n\npublic class LoopAgent\n{{\n    private volatile bool _running = true;\n\n    {run}\n\n    public void Stop() => _running = false;\n}}\n");

        obstacles.ShouldBeEmpty();
        text.ShouldBe("using AgentLift.Runtime;\nusing Microsoft.Extensions.Hosting;\n\nvar builder = Host.CreateApplicationBuilder(args);\nbuilder.AddAgent<LoopAgent>();\nawait builder.Build().RunAsync();\n");
    }

    [Theory]
    [InlineData("var agent = new PollAgent();\nConsole.ReadLine();\n", "PollAgent is not started in the body of the program itself")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nConsole.ReadLine();\nFile.Delete(\"lock\");\nagent.Stop();\n", "'File.Delete(\"lock\");' stands between the wait and the stop of the agents")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nThread.Sleep(500);\nvar other = new OtherAgent();\nother.Start();\nConsole.ReadLine();\n", "'Thread.Sleep(500);' stands between the starts of two agents")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nConsole.CancelKeyPress += (_, _) => { File.Delete(\"lock\"); agent.Stop(); };\nThread.Sleep(-1);\n", null)]
    [InlineData("var done = new ManualResetEvent(false);\nvar agent = new PollAgent();\nagent.Start();\nThread.Sleep(50);\nif (done.WaitOne(5)) return;\ndone.WaitOne();\n", "'if (done.WaitOne(5)) return;' uses what the program waits for")]
    [InlineData("var agent = new PollAgent();\nvar again = new PollAgent();\nagent.Start();\nagain.Start();\nConsole.ReadLine();\n", "the program makes more than one PollAgent, and a host runs one agent of a name")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nConsole.ReadLine();\nConsole.ReadLine();\n", "the program waits more than once")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nFile.Delete(\"lock\");\n", "the program does not wait for an end, and goes on with 'File.Delete(\"lock\");'")]
    [InlineData("try { var agent = new PollAgent(); agent.Start(); Console.ReadLine(); } finally { Console.WriteLine(); }\n", "'try { var agent = new PollAgent(); agent.Start(); Console.Re...' stands around the start of an agent, which the host starts later")]
    [InlineData("var agent = new PollAgent();\nagent.Start();\nagent.Stop();\n", "the program waits for nothing before 'agent.Stop();'")]
    [InlineData("foreach (var place in args)\n{\n    var agent = new PollAgent();\n    agent.Start();\n}\n\nConsole.ReadLine();\n", "'foreach (var place in args)' may start PollAgent twice, and a host runs one agent of a name: let it go over values that differ, such as those of Distinct()")]
    [InlineData("if (File.Exists(\"lock\"))\n    new PollAgent().Start();\nConsole.ReadLine();\n", "'File.Exists(\"lock\")' is worked out between the starts of agents")]
    [InlineData("if (args.Length > 0)\n{\n    var agent = new PollAgent();\n    agent.Seconds = Environment.TickCount;\n    agent.Start();\n}\n\nConsole.ReadLine();\n", "'var agent = new PollAgent();' makes an agent that is not started where it is made and set up")]
    [InlineData("Launch();\nConsole.ReadLine();\n\nstatic void Launch()\n{\n    File.Delete(\"lock\");\n    new PollAgent().Start();\n}\n", "'File.Delete(\"lock\");' stands beside the starts of agents")]
    [InlineData("Action launch = Launch;\nlaunch();\nLaunch();\nConsole.ReadLine();\n\nstatic void Launch() => new PollAgent().Start();\n", "Launch makes agents and is used other than in a call")]
    public async Task A_program_of_which_one_statement_cannot_be_mapped_stays(string source, string? reason)
    {
        var (program, agent, obstacles) = await LiftAsync(source);

        if (reason is null)
        {
            // The handler does more than stop the agent, and holds on to it: it stays, and the agent comes from the host.
            program.ShouldContain("File.Delete");
            return;
        }

        program.ShouldEndWith(source);
        agent.ShouldContain("[CompatibilityConstructor]");
        obstacles.ShouldContain("the program stays as it is and makes PollAgent by hand: " + reason);
    }

    [Fact]
    public async Task A_caller_that_is_no_program_keeps_its_constructor()
    {
        var (_, agent, obstacles) = await LiftAsync("Fleet.Launcher.Launch();\n", "namespace Fleet;\n\npublic static class Launcher\n{\n    public static void Launch() => new PollAgent().Start();\n}\n");

        agent.ShouldContain("[CompatibilityConstructor]");
        obstacles.ShouldBe(["Launch makes PollAgent by hand: let it ask the host for it, so that the constructor for it can go"]);
    }

    private static async Task<(string Program, string Agent, List<string> Obstacles)> LiftAsync(string program, string more = "")
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/Program.cs", program), ("/fleet/Agent.cs", Agent("PollAgent") + Agent("OtherAgent").Replace("namespace Fleet;\n", "", StringComparison.Ordinal)), ("/fleet/More.cs", "global using Fleet;\n" + more)]);
        solution = solution.WithProjectCompilationOptions(solution.ProjectIds[0], new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty("the test's source must compile");

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Infrastructure, LiftOptions.Everything, CancellationToken.None);

        var texts = await Task.WhenAll(lifted.Solution.Projects.Single().Documents.Take(2).Select(async document => (await document.GetTextAsync()).ToString()));
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(string.Join("\n---\n", texts));
        var again = await StageLift.ApplyAsync(lifted.Solution, MigrationStage.Infrastructure, LiftOptions.Everything, CancellationToken.None);
        again.Agents.ShouldAllBe(agent => !agent.Changed, "a second run must write nothing");
        return (texts[0], texts[1], [.. lifted.Agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)]);
    }

    private static string Agent(string name) => $$"""
        namespace Fleet;

        public class {{name}}
        {
            private volatile bool _running;
            private Thread _thread;

            public int Seconds { get; set; } = 1;

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
            }

            public void Stop() => _running = false;

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(Seconds * 1000);
            }
        }

        """.ReplaceLineEndings("\n");
}
