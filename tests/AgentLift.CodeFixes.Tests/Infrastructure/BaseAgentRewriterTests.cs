using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class BaseAgentRewriterTests
{
    private static readonly BaseAgentRewriter[] Rewriters = [new()];

    [Fact]
    public Task Start_and_stop_become_the_lifecycle_and_threads_stay() => LiftVerifier.VerifyAsync(
        Rewriters,
        """
        namespace Fleet;

        /// <summary>Polls.</summary>
        public class PollAgent
        {
            // how often
            private readonly int _seconds;
            private Thread _thread;
            private volatile bool _running;

            public PollAgent()
            {
                _seconds = 5;
            }

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
                // begun
            }

            public void Stop()
            {
                if (!_running)
                    return;
                _running = false;
                _thread.Join();
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(_seconds * 1000);
            }
        }
        """,
        """
        using AgentLift.Runtime;

        namespace Fleet;

        /// <summary>Polls.</summary>
        public partial class PollAgent : BaseAgent
        {
            // how often
            private readonly int _seconds;
            private Thread _thread;
            private volatile bool _running;

            public PollAgent(AgentContext context)
                : base(context)
            {
                _seconds = 5;
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
                // begun
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                if (!_running)
                    return ValueTask.CompletedTask;
                _running = false;
                _thread.Join();
                return ValueTask.CompletedTask;
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(_seconds * 1000);
            }
        }
        """);

    [Fact]
    public async Task Callers_that_make_and_start_the_agent_by_hand_keep_compiling()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent("public PollAgent(int seconds, string name = \"poll\") { _seconds = seconds; }", "public void Start() { Begin(); }", "public void Stop() => _running = false;"),
            """
            namespace Fleet;

            public static class Program
            {
                public static Action Launch()
                {
                    var agent = new PollAgent(5);
                    agent.Start();
                    new Thread(agent.Start).Start();
                    return agent.Stop;
                }
            }
            """);

        texts[0].ShouldContain("public PollAgent(AgentContext context, int seconds, string name = \"poll\")\n        : base(context) { _seconds = seconds; }");
        texts[0].ShouldContain("[CompatibilityConstructor]\n    public PollAgent(int seconds, string name = \"poll\")\n        : this(AgentContext.Standalone(\"PollAgent\"), seconds, name)\n    {\n    }\n");
        texts[0].ShouldContain("protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { Begin(); return ValueTask.CompletedTask; }");
        texts[1].ShouldStartWith("using AgentLift.Runtime;\n\nnamespace Fleet;\n");
    }

    [Theory]
    [InlineData("", "public void Start() => Begin();", "", "protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)\n    {\n        Begin();\n        return ValueTask.CompletedTask;\n    }")]
    [InlineData("", "public async Task Start() { await Task.Yield(); Begin(); }", "", "protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken) { await Task.Yield(); Begin(); }")]
    [InlineData("", "public void Start() { Begin(); }", "public void Restart() { Stop(); Start(); } public void Stop() { _running = false; }", "private void Start() { Begin(); }")]
    [InlineData("", "public void Run() { Begin(); }", "public void Shutdown() { }", "OnStartingAsync(CancellationToken cancellationToken)\n    {\n        Run();\n")]
    [InlineData("", "public void StartUp() { Begin(); }", "", "OnStartingAsync(CancellationToken cancellationToken)\n    {\n        StartUp();\n")]
    [InlineData("", "public void GoOnline() { Begin(); }", "", "OnStartingAsync(CancellationToken cancellationToken)\n    {\n        GoOnline();\n")]
    [InlineData("", "public virtual void Start() { Begin(); }", "", "public virtual void Start() { Begin(); }")]
    [InlineData("", "public virtual void Start() { Begin(); }", "", "OnStartingAsync(CancellationToken cancellationToken)\n    {\n        Start();\n")]
    [InlineData("", "public void Start() { Begin(); }", "public void Start(int port) { }", "OnStartingAsync(CancellationToken cancellationToken)\n    {\n        Start();\n")]
    [InlineData("", "public Task Start() { Begin(); return Task.CompletedTask; }", "", "protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)\n    {\n        await Start();\n    }")]
    [InlineData("", "public async Task StartAsync(CancellationToken token) { await Task.Yield(); Begin(); }", "", "protected override async ValueTask OnStartingAsync(CancellationToken token) { await Task.Yield(); Begin(); }")]
    [InlineData("", "public async Task StartAsync() { await Task.Yield(); Begin(); }", "public async Task StopAsync() { await Task.Yield(); _running = false; }", "protected override async ValueTask OnStoppedAsync(CancellationToken cancellationToken) { await Task.Yield(); _running = false; }")]
    [InlineData("", "public void Start() { _running = true; while (_running) Thread.Sleep(1); }", "public void Stop() => _running = false;", "RunOnThread(\"start\", _ => Start(), RestartPolicy.Never);")]
    [InlineData("", "public void Run() { Loop(); }", "public void Stop() { _running = false; }", "protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken) { _running = false; return ValueTask.CompletedTask; }")]
    [InlineData("", "public void Run(CancellationToken stop) { while (!stop.IsCancellationRequested) Begin(); }", "", "RunOnThread(\"run\", Run, RestartPolicy.Never);")]
    [InlineData("", "public async Task RunAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) await Task.Delay(1, stop); }", "", "RunSupervised(\"run\", RunAsync, RestartPolicy.Never);")]
    [InlineData("", "public async ValueTask RunAsync() { while (_running) await Task.Delay(1); }", "", "RunSupervised(\"run\", _ => RunAsync().AsTask(), RestartPolicy.Never);")]
    [InlineData("", "public void Start() { Begin(); }", "public string Name => \"poll\"; private string State() => Name;", "public new string Name => \"poll\"; private new string State() => Name;")]
    [InlineData("private readonly int context = 1;", "public void Start() { Begin(); }", "", "public PollAgent(AgentContext agentContext)\n        : base(agentContext)")]
    [InlineData("", "public void Start() { var cancellationToken = 1; Begin(); }", "", "OnStartingAsync(CancellationToken phaseToken)")]
    public async Task Forms_of_an_agent(string first, string start, string more, string expected)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Rewriters, Agent(first, start, more));

        agents.ShouldAllBe(agent => agent.Changed);
        texts[0].ShouldContain(expected);
    }

    [Fact]
    public async Task An_agent_that_is_only_disposed_of_is_disposed_of_when_it_stops()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters, Agent("", "public void Start() { Begin(); }", "public void Dispose() { _running = false; }").Replace("class PollAgent", "class PollAgent : IDisposable", StringComparison.Ordinal));

        texts[0].ShouldContain("public partial class PollAgent : BaseAgent, IDisposable");
        texts[0].ShouldContain("protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)\n    {\n        Dispose();\n        return ValueTask.CompletedTask;\n    }");
    }

    [Theory]
    [InlineData("public void Stop() { _running = false; } public void Dispose() { _thread = null; }", "Stop();\n        Dispose();")]
    [InlineData("public void Stop() { _running = false; } public void Dispose() { Stop(); _thread = null; }", "Dispose();")]
    [InlineData("public void Stop() { _running = false; Dispose(); } public void Dispose() { _thread = null; }", "_running = false; Dispose(); return ValueTask.CompletedTask;")]
    public async Task An_agent_that_is_stopped_and_disposed_of_ends_by_both(string ends, string expected)
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("", "public void Start() { Begin(); }", ends).Replace("class PollAgent", "class PollAgent : IDisposable", StringComparison.Ordinal));

        texts[0].ShouldContain("OnStoppedAsync(CancellationToken cancellationToken)");
        texts[0].ShouldContain(expected);
    }

    [Fact]
    public async Task An_agent_that_starts_in_its_constructor_is_not_started_again()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("public PollAgent() { Start(); }", "public void Start() { Begin(); }", "public void Stop() { _running = false; }"));

        texts[0].ShouldNotContain("OnStartingAsync");
        texts[0].ShouldContain("OnStoppedAsync");
    }

    [Fact]
    public async Task Callers_that_run_the_agent_past_the_runtime_stop_it_past_the_runtime()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent("", "public void Run() { Begin(); }", "public void Stop() { _running = false; }"),
            "namespace Fleet;\n\npublic static class Program\n{\n    public static Action Launch()\n    {\n        var agent = new PollAgent();\n        agent.Run();\n        return agent.Stop;\n    }\n}\n");

        texts[0].ShouldContain("public void Stop() { _running = false; }");
        texts[0].ShouldContain("OnStoppedAsync(CancellationToken cancellationToken)\n    {\n        Stop();\n");
    }

    [Fact]
    public async Task A_member_that_only_bears_a_name_of_the_runtimes_hides_nothing()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("", "public void Start() { Begin(); }", "public int Own(int value) => value; public int State() => 1;"));

        texts[0].ShouldContain("public int Own(int value) => value; public new int State() => 1;");
    }

    [Fact]
    public async Task A_primary_constructor_passes_the_context_on()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters, Agent("private readonly int _used = seconds;", "public void Start() { Begin(); }", "").Replace("class PollAgent", "class PollAgent(int seconds)", StringComparison.Ordinal));

        texts[0].ShouldContain("public partial class PollAgent(AgentContext context, int seconds) : BaseAgent(context)");
    }

    [Fact]
    public async Task A_generic_agent_in_a_block_namespace_with_tabs_and_carriage_returns_keeps_its_style()
    {
        var source = "namespace Fleet\n{\n" + Indented(Agent("", "public void Start()\n    {\n        Begin();\n    }", "").Replace("namespace Fleet;\n\n", "", StringComparison.Ordinal)
            .Replace("class PollAgent", "class PollAgent<T>", StringComparison.Ordinal)) + "}\n";
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", source.Replace("    ", "\t", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal))]);

        var lifted = await Lifting.StageLift.ApplyAsync(solution, [new Lifting.AgentPipeline(new Lifting.AgentPass([.. Rewriters]))], Lifting.LiftOptions.Everything, default);
        var text = (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString();

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(text);
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        text.Split("\r\n").ShouldAllBe(line => !line.StartsWith(' '));
        text.ShouldContain("\tpublic partial class PollAgent<T> : BaseAgent\r\n");
        text.ShouldContain("\t\tprotected override ValueTask OnStartingAsync(CancellationToken cancellationToken)\r\n\t\t{\r\n\t\t\tBegin();\r\n\t\t\treturn ValueTask.CompletedTask;\r\n\t\t}\r\n");
    }

    [Theory]
    [InlineData("", "public bool Start() { Begin(); return true; }", "", "Start returns bool")]
    [InlineData("", "public void Run(int port) { Begin(); }", "", "Run runs the agent, and no Start without parameters does: make it Start, and its end Stop")]
    [InlineData("private PollAgent() { }", "public void Start() { Begin(); }", "", "PollAgent has a constructor that is not public, so that it controls its own instances: give it a public one first")]
    [InlineData("", "public void Start(CancellationToken token) { token.Register(() => _running = false); Begin(); }", "", "Start hands its token on to what it starts: keep a source in the agent and cancel it in Stop first")]
    [InlineData("", "public void Start() { Begin(); }", "public Task Stop(CancellationToken limit) => Task.CompletedTask;", "Stop takes a token that only its callers know")]
    [InlineData("", "public async void Start() { await Task.Yield(); Begin(); }", "", "Start is async void, so that nobody can wait for it: make it return a Task first")]
    public Task What_cannot_be_mapped_stays_as_it_is(string first, string start, string more, string reason) =>
        LiftVerifier.VerifyRefusalAsync(Rewriters, Agent(first, start, more), reason);

    [Theory]
    [InlineData("Logger.Log(\"begun\");", "PollAgent uses Logger, which would become BaseAgent's: write its full name first")]
    [InlineData("Own(1);", "PollAgent uses Own, which would become BaseAgent's: write its full name first")]
    public Task A_name_from_around_the_agent_that_BaseAgent_would_hide_keeps_its_meaning(string use, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        "using static Fleet.Tools;\n\n" + Agent("", $"public void Start() {{ {use} Begin(); }}", "")
            + "\npublic static class Logger { public static void Log(string text) { } }\npublic static class Tools { public static int Own(int value) => value; }\n",
        reason);

    [Theory]
    [InlineData("Fleet.Logger.Log(\"begun\");")]
    [InlineData("Logger? none = null;")]
    [InlineData("var Name = new Card { Name = \"a\" }; Card.Log(Name.Name);")]
    public async Task A_name_that_BaseAgent_does_not_hide_is_no_reason_to_stay(string use)
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent("", $"public void Start() {{ {use} Begin(); }}", "")
                + "\npublic class Logger { public static void Log(string text) { } }\npublic class Card { public string Name { get; set; } public static void Log(string text) { } }\n");

        texts[0].ShouldContain("class PollAgent : BaseAgent");
    }

    [Theory]
    [InlineData("Logger.Log(\"begun\");", "Fleet.Logger.Log(\"begun\");")]
    [InlineData("Name.Log(\"begun\");", "global::Name.Log(\"begun\");")]
    public async Task A_type_that_BaseAgent_would_hide_gets_its_full_name_first(string use, string full)
    {
        var solution = LiftVerifier.SolutionOf(
        [
            ("/fleet/File0.cs", Agent("", $"public void Start() {{ {use} Begin(); }}", "")),
            ("/fleet/File1.cs", "namespace Fleet { public static class Logger { public static void Log(string text) { } } }\npublic static class Name { public static void Log(string text) { } }\n"),
        ]);

        var lifted = await StageLift.ApplyAsync(solution, [new AgentPipeline(new AgentPass(new FullNameRewriter()), new AgentPass(new BaseAgentRewriter()))], LiftOptions.Everything, CancellationToken.None);

        var text = (await lifted.Solution.Projects.Single().Documents.Single(document => document.Name == "File0.cs").GetTextAsync()).ToString();
        text.ShouldContain("class PollAgent : BaseAgent");
        text.ShouldContain(full);
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_users_of_a_published_library_call_stays()
    {
        var source = Agent("public PollAgent(int seconds) { _seconds = seconds; }", "public void Start() { Begin(); }", "public void Stop() { _running = false; }");
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", source), ("/fleet/File1.cs", "[assembly: System.Reflection.AssemblyDescription(\"Polls.\")]\n")]);

        var lifted = await StageLift.ApplyAsync(solution, Stages.UpTo(MigrationStage.CoreLogic), LiftOptions.Everything, CancellationToken.None);

        var text = (await lifted.Solution.Projects.Single().Documents.Single(document => document.Name == "File0.cs").GetTextAsync()).ToString();
        text.ShouldContain("class PollAgent : BaseAgent");
        text.ShouldContain("    public PollAgent(int seconds)\n        : this(AgentContext.Standalone(\"PollAgent\"), seconds)");
        text.ShouldContain("public void Start() { Begin(); }");
        text.ShouldContain("public void Stop() { _running = false; }");
        lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldContain(reason => reason.Contains("past the runtime", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_nested_type_that_bears_a_name_of_the_runtimes_stays_what_is_meant()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent("", "public void Start() { _state = State.Idle; Begin(); }", "private enum State { Idle } private State _state;"));

        texts[0].ShouldContain("private new enum State { Idle }");
    }

    [Fact]
    public async Task A_documented_constructor_documents_the_context_too()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent("/// <summary>Makes it.</summary>\n    /// <param name=\"seconds\">How often.</param>\n    public PollAgent(int seconds) { _seconds = seconds; }", "public void Start() { Begin(); }", ""));

        texts[0].ShouldContain("    /// <param name=\"context\">What the runtime gives the agent.</param>\n    /// <param name=\"seconds\">How often.</param>\n    public PollAgent(AgentContext context, int seconds)");
    }

    [Fact]
    public async Task A_constructor_for_old_callers_is_as_visible_as_the_one_it_stands_for()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent("internal PollAgent(Ticket ticket) { _seconds = ticket.Seconds; }", "public void Start() { Begin(); }", "")
                + "\ninternal class Ticket { public int Seconds => 1; }\ninternal static class Maker { public static PollAgent Make() => new(new Ticket()); }\n");

        texts[0].ShouldContain("    [CompatibilityConstructor]\n    internal PollAgent(Ticket ticket)\n");
    }

    [Fact]
    public Task An_agent_with_a_base_class_stays_as_it_is() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("", "public void Start() { Begin(); }", "").Replace("class PollAgent", "class PollAgent : Parent", StringComparison.Ordinal)
            + "\npublic class Parent { }\n",
        "PollAgent derives from Parent; let a BaseAgent own it, or lift Parent");

    [Fact]
    public async Task Comments_regions_and_directives_survive()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Rewriters, Agent(
            "",
            """
            #region life
                /// <summary>Begins.</summary>
                // by hand
                public /* now */ void Start() // go
                {
            #if DEBUG
                    Console.Title = "debug";
            #endif
                    Begin(); // begun
                }
                #endregion
            """,
            ""));

        foreach (var kept in new[] { "#region life", "/// <summary>Begins.</summary>", "// by hand", "/* now */", "// go", "#if DEBUG", "#endif", "// begun", "#endregion" })
            texts[0].ShouldContain(kept);
    }

    [Fact]
    public async Task A_primary_constructor_is_found_in_whichever_part_has_it()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            """
            namespace Fleet;

            public partial class PartAgent
            {
                public void Start() => new Thread(() => { while (true) Work(); }).Start();
            }
            """,
            """
            namespace Fleet;

            public partial class PartAgent(string path)
            {
                private void Work() => GC.KeepAlive(path);
            }

            public class Caller
            {
                public void Call() => new PartAgent("x").Start();
            }
            """);

        texts[1].ShouldContain("public partial class PartAgent(AgentContext context, string path) : BaseAgent(context)\n");
        texts[0].ShouldContain("public PartAgent(string path)\n        : this(AgentContext.Standalone(\"PartAgent\"), path)\n");
    }

    private static string Indented(string text) => string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "\n" : "    " + line + "\n"));

    private static string Agent(string first, string start, string more) => $$"""
        namespace Fleet;

        public class PollAgent
        {
            private readonly int _seconds;
            private Thread _thread;
            private volatile bool _running;
            {{first}}

            {{start}}

            {{more}}

            private void Begin()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(_seconds * 1000);
            }
        }

        """.ReplaceLineEndings("\n");
}
