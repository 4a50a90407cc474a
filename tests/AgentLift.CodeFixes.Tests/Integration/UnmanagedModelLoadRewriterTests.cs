using AgentLift.CodeFixes.Integration.Models;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.CodeFixes.Tests.Integration;

public class UnmanagedModelLoadRewriterTests
{
    private const string Budget = "// AGENTLIFT AGL6003: it counts as many bytes as its file has; say otherwise in EstimatedBytes, and what models may take of a device in Models:Devices.";
    private const string Held = "// AGENTLIFT AGL6001: held while the agent runs; acquire it for each use where others need its room.";
    private const string AnyDevice = "// AGENTLIFT AGL6001: it lies on any GPU, or on the CPU where there is none; inputs must go to the Device of its lease.";
    private const string Unregistered = "// AGENTLIFT AGL6001: register it where the agent is registered: builder.AddModelManager<DetectModels>();";

    [Fact]
    public Task Asynchronous_code_acquires_a_lease_for_its_use() => VerifyAsync(
        """
        private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _net = torch.jit.load<torch.Tensor, torch.Tensor>("data/face-detect.pt").cuda();

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("detect", DetectLoopAsync);
            return ValueTask.CompletedTask;
        }

        private async Task DetectLoopAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await Task.Delay(40, token);
                using (torch.NewDisposeScope())
                {
                    var score = _net.call(torch.zeros([3])).item<float>();
                    LastScore = score;
                }
            }
        }

        public float LastScore { get; private set; }
        """,
        """
        private readonly DetectModels _models;

        public DetectAgent(AgentContext context, DetectModels models)
            : base(context)
        {
            _models = models;
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("detect", DetectLoopAsync);
            return ValueTask.CompletedTask;
        }

        private async Task DetectLoopAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await Task.Delay(40, token);
                using var faceDetectLease = await _models.FaceDetect.AcquireAsync(token);
                using (torch.NewDisposeScope())
                {
                    var score = faceDetectLease.Model.call(torch.zeros([3])).item<float>();
                    LastScore = score;
                }
            }
        }

        public float LastScore { get; private set; }
        """,
        $$"""
            {{Budget}}
            [Model("face-detect", Path = "data/face-detect.pt", Devices = new[] { "cuda:0" })]
            public partial ModelHandle<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> FaceDetect { get; }
        """);

    [Fact]
    public Task A_lease_is_held_while_the_agent_runs_where_other_code_uses_the_model() => VerifyAsync(
        """
        /// <summary>The detector.</summary>
        private readonly torch.jit.ScriptModule _net;

        public DetectAgent(AgentContext context)
            : base(context)
        {
            _net = torch.jit.load("detect.pt");
            if (torch.cuda.is_available())
                _net.cuda();
            _net.eval();
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunOnThread("detect", DetectLoop);
            return ValueTask.CompletedTask;
        }

        private void DetectLoop(CancellationToken token)
        {
            while (!token.WaitHandle.WaitOne(40))
                _net.call(torch.zeros([3]));
        }
        """,
        $$"""
        /// <summary>The detector.</summary>
        {{Held}}
        private ModelLease<torch.jit.ScriptModule> _net;
        private readonly DetectModels _models;

        public DetectAgent(AgentContext context, DetectModels models)
            : base(context)
        {
            _models = models;
        }

        protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            _net = await _models.Detect.AcquireAsync(cancellationToken);
            RunOnThread("detect", DetectLoop);
        }

        private void DetectLoop(CancellationToken token)
        {
            while (!token.WaitHandle.WaitOne(40))
                _net.Model.call(torch.zeros([3]));
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _net.Dispose();
            return ValueTask.CompletedTask;
        }
        """,
        $$"""
            {{Budget}}
            {{AnyDevice}}
            [Model("detect", Path = "detect.pt")]
            public partial ModelHandle<torch.jit.ScriptModule> Detect { get; }
        """);

    [Fact]
    public Task A_lazy_member_that_synchronous_code_uses_becomes_a_lease() => VerifyAsync(
        """
        [LazyDependency(nameof(LoadNet), Warmup = LazyWarmup.AfterReady)]
        private partial torch.jit.ScriptModule Net { get; }

        private static torch.jit.ScriptModule LoadNet() => torch.jit.load("detect.pt", torch.CPU);

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            File.Delete("busy");
            return ValueTask.CompletedTask;
        }

        private void Detect() => Net.call(torch.zeros([3]));

        protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
        {
            RunPeriodically("detect", TimeSpan.FromSeconds(1), _ => { Detect(); return Task.CompletedTask; });
            return ValueTask.CompletedTask;
        }
        """,
        $$"""
        {{Held}}
        private ModelLease<torch.jit.ScriptModule> Net { get; set; }
        private readonly DetectModels models;

        public DetectAgent(AgentContext context, DetectModels models)
            : base(context)
        {
            this.models = models;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            File.Delete("busy");
            Net.Dispose();
            return ValueTask.CompletedTask;
        }

        private void Detect() => Net.Model.call(torch.zeros([3]));

        protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
        {
            RunPeriodically("detect", TimeSpan.FromSeconds(1), _ => { Detect(); return Task.CompletedTask; });
            return ValueTask.CompletedTask;
        }

        protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            Net = await models.Detect.AcquireAsync(cancellationToken);
        }
        """,
        $$"""
            {{Budget}}
            [Model("detect", Path = "detect.pt", Devices = new[] { "cpu" })]
            public partial ModelHandle<torch.jit.ScriptModule> Detect { get; }
        """);

    [Fact]
    public async Task A_round_that_the_runtime_waits_for_is_made_to_await()
    {
        var (texts, _) = await LiftAsync(AgentOf(Round("")));

        texts[0].ShouldContain("""
                private async Task ScoreAsync(CancellationToken token)
                {
                    using var detectLease = await models.Detect.AcquireAsync(token);
                    detectLease.Model.call(torch.zeros([3]));
                }
            """.ReplaceLineEndings("\n"));
        texts[0].ShouldNotContain(Held);
    }

    [Theory]
    [InlineData("private async Task TwiceAsync(CancellationToken token) { using (torch.NewDisposeScope()) { await ScoreAsync(token); } }")]
    [InlineData("private async Task TwiceAsync(CancellationToken token) { using var scope = torch.NewDisposeScope(); await ScoreAsync(token); }")]
    [InlineData("private void Twice() { _ = ScoreAsync(default); }")]
    [InlineData("private void Twice() => ScoreAsync(default).Wait();")]
    [InlineData("private torch.jit.ScriptModule Twice() => _net;")]
    [InlineData("private void Twice() => _net.call(torch.zeros([3]));")]
    public async Task A_model_is_held_where_an_await_would_change_who_waits(string members)
    {
        var (texts, _) = await LiftAsync(AgentOf(Round(members.Replace("_net", "net", StringComparison.Ordinal))));

        texts[0].ShouldContain(Held);
        texts[0].ShouldNotContain("detectLease");
    }

    [Fact]
    public async Task A_load_at_start_becomes_an_acquisition_where_it_stands()
    {
        var (texts, _) = await LiftAsync(AgentOf("""
            private torch.jit.ScriptModule _net = null!;

            public DetectAgent(AgentContext context)
                : base(context)
            {
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                File.Delete("busy");
                _net = torch.jit.load("detect.pt");
                _net = _net.to(DeviceType.CUDA, 1);
                _net.eval();
                RunOnThread("detect", DetectLoop);
                return ValueTask.CompletedTask;
            }

            private void DetectLoop(CancellationToken token)
            {
                while (!token.WaitHandle.WaitOne(40))
                    _net.call(torch.zeros([3]));
            }

            protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
            {
                _net?.Dispose();
                return ValueTask.CompletedTask;
            }
            """));

        texts[0].ShouldContain("""
                    File.Delete("busy");
                    _net = await _models.Detect.AcquireAsync(cancellationToken);
                    RunOnThread("detect", DetectLoop);
                }
            """.ReplaceLineEndings("\n"));
        texts[0].ShouldContain("        _net.Dispose();\n        return ValueTask.CompletedTask;\n");
        texts[0].ShouldContain("Devices = new[] { \"cuda:1\" }");
        texts[0].ShouldNotContain("OnStoppedAsync");
    }

    [Fact]
    public async Task A_load_method_that_only_loads_and_prepares_goes()
    {
        var (texts, _) = await LiftAsync(AgentOf(Lazy("""
            var net = torch.jit.load("detect.pt");
            if (torch.cuda.is_available())
                net = net.cuda();
            net.eval();
            return net;
            """)));

        texts[0].ShouldNotContain("LoadNet");
        texts[0].ShouldContain(AnyDevice);
        texts[0].ShouldContain("    private ModelLease<torch.jit.ScriptModule> Net { get; set; }\n");
    }

    [Theory]
    [InlineData("var net = torch.jit.load(\"detect.pt\");\nFile.Delete(\"busy\");\nreturn net;", "LoadNet does more than to load and prepare the model")]
    [InlineData("var net = torch.jit.load(\"detect.pt\");\nif (DateTime.Now.Hour > 3)\n    net.cuda();\nreturn net;", "what moves Net does so under a condition: leave it to the manager by hand")]
    [InlineData("File.Delete(\"busy\");\nvar net = torch.jit.load(\"detect.pt\");\nreturn net;", "the model is not kept in a field of the agent: keep it in one first")]
    public async Task A_load_method_that_does_more_stays(string body, string reason)
    {
        var source = AgentOf(Lazy(body));

        var (texts, agents) = await LiftAsync(source);

        texts[0].ShouldBe(source);
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    [Fact]
    public async Task A_primary_constructor_takes_the_manager_without_a_field()
    {
        var (texts, _) = await LiftAsync("using AgentLift.Runtime;\nusing TorchSharp;\n\n/// <summary>Detects.</summary>\n/// <param name=\"context\">The context.</param>\ninternal sealed partial class DetectAgent(AgentContext context) : BaseAgent(context)\n{\n"
            + "    private readonly torch.jit.ScriptModule _net = torch.jit.load(\"models/name.pt\");\n\n    protected override ValueTask OnStartingAsync(CancellationToken token)\n    {\n        RunPeriodically(\"score\", TimeSpan.FromSeconds(1), ScoreAsync);\n        return ValueTask.CompletedTask;\n    }\n\n"
            + "    private async Task ScoreAsync(CancellationToken token)\n    {\n        await Task.Yield();\n        _net.call(torch.zeros([3]));\n    }\n}\n");

        texts[0].ShouldContain("/// <param name=\"models\">The models of the agent.</param>");
        texts[0].ShouldContain("internal sealed partial class DetectAgent(AgentContext context, DetectModels models) : BaseAgent(context)\n{\n    protected override ValueTask");
        texts[0].ShouldContain("using var name2Lease = await models.Name2.AcquireAsync(token);");
        texts[0].ShouldContain("internal sealed partial class DetectModels");
    }

    [Fact]
    public async Task The_manager_is_registered_where_the_agent_is()
    {
        var (texts, _) = await LiftAsync(
            AgentOf(Plain),
            "using AgentLift.Runtime; using Microsoft.Extensions.Hosting; public static class Startup\n{\n    public static void Add(IHostApplicationBuilder builder)\n    {\n        builder.AddAgent<Fleet.DetectAgent>();\n    }\n}");

        texts[1].ShouldContain("\n        builder.AddModelManager<Fleet.DetectModels>();\n        builder.AddAgent<Fleet.DetectAgent>();\n");
        texts[0].ShouldNotContain(Unregistered);
    }

    [Fact]
    public async Task A_host_that_registers_the_agent_in_two_places_is_left_to_a_person()
    {
        var (texts, _) = await LiftAsync(
            AgentOf(Plain),
            "using AgentLift.Runtime; using Microsoft.Extensions.Hosting; public static class Startup { public static void Add(IHostApplicationBuilder builder) { builder.AddAgent<Fleet.DetectAgent>(); } public static void AddOther(IHostApplicationBuilder builder) { builder.AddAgent<Fleet.DetectAgent>(); } }");

        texts[1].ShouldNotContain("AddModelManager");
        texts[0].ShouldContain(Unregistered);
    }

    [Fact]
    public async Task No_finding_of_its_rules_is_left_where_nothing_else_is_moved()
    {
        var (_, agents) = await LiftAsync(AgentOf(Plain));

        var agent = agents.ShouldHaveSingleItem();
        agent.Before.Select(evidence => evidence.Rule.Id).ShouldContain(RuleIds.NoMemoryBudget);
        agent.After.Select(evidence => evidence.Rule.Id).Intersect([RuleIds.UnmanagedModelLoad, RuleIds.NoMemoryBudget]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_written_unless_assisted_rewrites_are_asked_for()
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(LiftOptions.Everything, [new UnmanagedModelLoadRewriter()], [TorchSurface.Newest], AgentOf(Plain));

        texts[0].ShouldBe(AgentOf(Plain));
        agents.ShouldHaveSingleItem().Obstacles.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_oldest_TorchSharp_will_do()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(Assisted, [new UnmanagedModelLoadRewriter()], [TorchSurface.Oldest], AgentOf(Plain));

        texts[0].ShouldContain("public sealed partial class DetectModels");
    }

    [Theory]
    [InlineData("private readonly torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\"); private void Swap() => _net.call(torch.zeros([3]));", "private readonly torch.jit.ScriptModule _net = torch.jit.load(File.ReadAllText(\"model.txt\")); private void Swap() => _net.call(torch.zeros([3]));", "its file is only known at run time: declare the model by hand, and name its file in Models:Managers of the configuration")]
    [InlineData("_net = null!;", "private torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\"); private void Swap() { _net.call(torch.zeros([3])); _net = null!; }", "_net is assigned again")]
    [InlineData("is null", "private torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\"); private bool Swap() => _net == null;", "the agent asks whether _net is loaded, which a lease does not tell")]
    [InlineData("static", "private static readonly torch.jit.ScriptModule Net = torch.jit.load(\"detect.pt\"); private void Swap() => Net.call(torch.zeros([3]));", "Net is static, and a lease is held by one agent: make it a member of the agent first")]
    [InlineData("public", "public readonly torch.jit.ScriptModule Net = torch.jit.load(\"detect.pt\");", "others can see Net: make it private first")]
    [InlineData("train", "private readonly torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\"); private void Swap() => _net.train();", "_net is changed after its load, and what a manager loads may be shared or loaded again")]
    [InlineData("precision", "private readonly torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\").to(torch.ScalarType.Float16);", "it changes the precision of the model too: say so by hand in the Precision of its [Model]")]
    [InlineData("local", "private void Swap() { using var net = torch.jit.load(\"detect.pt\"); net.call(torch.zeros([3])); }", "the model is not kept in a field of the agent: keep it in one first")]
    [InlineData("sometimes", "private torch.jit.ScriptModule _net = null!; private void Swap() { _net = torch.jit.load(\"detect.pt\"); _net.call(torch.zeros([3])); }", "it is not seen that _net is loaded once, at start and in any case: load it in OnStartingAsync first")]
    [InlineData("module", "private readonly torch.nn.Module _net = new Net(); private void Swap() => _net.load(\"detect.dat\"); private sealed class Net() : torch.nn.Module(\"net\");", "only TorchScript files, loaded by torch.jit.load, are moved to a manager: declare this model there by hand, with a Factory or a Loader")]
    [InlineData("condition", "private readonly torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\"); private readonly bool _fast = DateTime.Now.Hour > 3; private void Swap() { if (_fast) _net.cuda(); }", "what moves _net does so under a condition: leave it to the manager by hand")]
    public async Task What_a_lease_cannot_take_the_place_of_stays(string what, string members, string reason)
    {
        var source = AgentOf(members + "\npublic DetectAgent(AgentContext context) : base(context)\n{\n}\n" + Loop);

        var (texts, agents) = await LiftAsync(source);

        texts[0].ShouldBe(source, what);
        agents.SelectMany(agent => agent.Obstacles).Where(obstacle => obstacle.RuleId == RuleIds.UnmanagedModelLoad).Select(obstacle => obstacle.Reason).ShouldContain(reason);
    }

    [Theory]
    [InlineData("private void Use() => _net.call(torch.zeros([3]));", "public DetectAgent(AgentContext context) : base(context)\n{\n    Use();\n}", "_net is used while the agent is made, when nobody has loaded it yet: use it in OnStartingAsync first")]
    [InlineData("public static DetectAgent Make(AgentContext context) => new(context);", "public DetectAgent(AgentContext context) : base(context)\n{\n}", "DetectAgent is also made elsewhere, where nobody has a manager of models: let the host make it by AddAgent<DetectAgent>() first")]
    [InlineData("[CompatibilityConstructor] public DetectAgent() : this(AgentContext.Standalone(\"detect\")) { }", "public DetectAgent(AgentContext context) : base(context)\n{\n}", "DetectAgent is also made by hand, where nobody has a manager of models: let the host make it first")]
    [InlineData("public DetectAgent(AgentContext context, int times) : base(context) { }", "public DetectAgent(AgentContext context) : base(context)\n{\n}", "there is not one constructor with a body that could take a manager of models")]
    [InlineData("protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)\n{\n    if (Loops.Count == 0)\n        return ValueTask.CompletedTask;\n    File.Delete(\"busy\");\n    return ValueTask.CompletedTask;\n}", "public DetectAgent(AgentContext context) : base(context)\n{\n}", "OnStoppedAsync returns early, so that a lease would not be ended: let it run through first")]
    public async Task An_agent_that_cannot_take_a_manager_stays(string members, string constructor, string reason)
    {
        var source = AgentOf("private readonly torch.jit.ScriptModule _net = torch.jit.load(\"detect.pt\").cuda();\n" + constructor + "\n" + members.Replace("Loops.Count", "Environment.TickCount", StringComparison.Ordinal) + "\n" + Loop + "private void Run() => _net.call(torch.zeros([3]));");

        var (texts, agents) = await LiftAsync(source);

        texts[0].ShouldBe(source);
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => (obstacle.RuleId, obstacle.Reason)).ShouldContain((RuleIds.UnmanagedModelLoad, reason));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.RuleId).ShouldContain(RuleIds.NoMemoryBudget);
    }

    [Fact]
    public async Task A_TorchSharp_that_the_loaders_would_not_compile_against_keeps_the_agent_as_it_is()
    {
        const string StandIn = "namespace TorchSharp { public static class torch { public static class jit { public static ScriptModule load(string file) => new(); public class ScriptModule { public object call(params object[] input) => input; } } public static object zeros(long[] size) => size; } public static class ModuleExtensionMethods { public static T cuda<T>(this T module) => module; } }";

        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, [new UnmanagedModelLoadRewriter()], AgentOf(Plain), StandIn);

        texts[0].ShouldBe(AgentOf(Plain));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldContain("the TorchSharp that Fleet refers to has no torch.no_grad, which the loaders of a manager need");
    }

    private const string Loop = """
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunOnThread("wait", token => token.WaitHandle.WaitOne());
            return ValueTask.CompletedTask;
        }

        """;

    private const string Plain = """
        private readonly torch.jit.ScriptModule _net = torch.jit.load("detect.pt").cuda();

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunOnThread("detect", DetectLoop);
            return ValueTask.CompletedTask;
        }

        private void DetectLoop(CancellationToken token)
        {
            while (!token.WaitHandle.WaitOne(40))
                _net.call(torch.zeros([3]));
        }
        """;

    private static string Round(string members) => $$"""
        private readonly torch.jit.ScriptModule net = torch.jit.load("detect.pt");

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunPeriodically("score", TimeSpan.FromSeconds(1), ScoreAsync);
            return ValueTask.CompletedTask;
        }

        private Task ScoreAsync(CancellationToken token)
        {
            net.call(torch.zeros([3]));
            return Task.CompletedTask;
        }

        {{members}}
        """;

    private static string Lazy(string load) =>
        "[LazyDependency(nameof(LoadNet))]\nprivate partial torch.jit.ScriptModule Net { get; }\n\nprivate static torch.jit.ScriptModule LoadNet()\n{\n"
        + Indented(load) + "\n}\n\npublic DetectAgent(AgentContext context)\n    : base(context)\n{\n}\n\n" + Loop + "private void Detect() => Net.call(torch.zeros([3]));";

    private static LiftOptions Assisted => LiftOptions.Everything with { IncludeAssisted = true };

    private static Task<(System.Collections.Immutable.ImmutableArray<string> Texts, System.Collections.Immutable.ImmutableArray<LiftedAgent> Agents)> LiftAsync(params string[] sources) =>
        LiftVerifier.LiftAsync(Assisted, [new UnmanagedModelLoadRewriter()], [TorchSurface.Newest], sources);

    private static string AgentOf(string members, string manager = "") =>
        $"using AgentLift.Runtime;\nusing TorchSharp;\n\nnamespace Fleet;\n\npublic partial class DetectAgent : BaseAgent\n{{\n{Indented(members)}\n}}\n{manager}";

    private static string Indented(string members) => string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    private static async Task VerifyAsync(string before, string after, string models)
    {
        var (texts, agents) = await LiftAsync(AgentOf(before));

        var manager = $"\n/// <summary>Models of <see cref=\"DetectAgent\"/>.</summary>\n{Unregistered}\n[ModelManager]\npublic sealed partial class DetectModels\n{{\n{models.ReplaceLineEndings("\n")}\n}}\n";
        texts[0].ShouldBe(AgentOf(after, manager), string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
    }
}
