using AgentLift.CodeFixes.Integration.Tensors;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Integration;

public class LeakedTensorRewriterTests
{
    private const string Using = "using var scope = torch.NewDisposeScope();";

    [Fact]
    public Task A_round_whose_tensors_stay_in_it_gets_a_scope() => VerifyAsync(
        """
        float Run(float[][] rows)
        {
            var total = 0f;
            foreach (var row in rows)
            {
                // one row
                var input = torch.tensor(row).to(device);
                var output = (torch.Tensor)net.call(input);
                var values = output.cpu().data<float>().ToArray();
                for (var i = 0; i < values.Length; i++)
                    total += values[i] + Half(values[i]);
            }

            return total;
        }
        """,
        """
        float Run(float[][] rows)
        {
            var total = 0f;
            foreach (var row in rows)
            {
                using var scope = torch.NewDisposeScope();
                // one row
                var input = torch.tensor(row).to(device);
                var output = (torch.Tensor)net.call(input);
                var values = output.cpu().data<float>().ToArray();
                for (var i = 0; i < values.Length; i++)
                    total += values[i] + Half(values[i]);
            }

            return total;
        }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++)\n    net.call(torch.zeros(i)); // warm", $"for (var i = 0; i < 3; i++)\n{{\n    {Using}\n    net.call(torch.zeros(i)); // warm\n}}")]
    [InlineData("while (running) total += torch.zeros(1).item();", $"while (running) {{ {Using} total += torch.zeros(1).item(); }}")]
    [InlineData("while (running) { total += torch.zeros(1).item(); }", $"while (running) {{ {Using} total += torch.zeros(1).item(); }}")]
    [InlineData("do\n    total += torch.zeros(1).item();\nwhile (running);", $"do\n{{\n    {Using}\n    total += torch.zeros(1).item();\n}}\nwhile (running);")]
    [InlineData("var scope = 1;\nwhile (running)\n{\n    total += torch.zeros(scope).item();\n}", "var scope = 1;\nwhile (running)\n{\n    using var scope2 = torch.NewDisposeScope();\n    total += torch.zeros(scope).item();\n}")]
    [InlineData(
        "while (running)\n{\n    total += torch.zeros(1).item();\n    foreach (var n in new[] { 1 })\n    {\n        total += torch.zeros(n).item();\n    }\n}",
        "while (running)\n{\n    using var scope = torch.NewDisposeScope();\n    total += torch.zeros(1).item();\n    foreach (var n in new[] { 1 })\n    {\n        using var scope2 = torch.NewDisposeScope();\n        total += torch.zeros(n).item();\n    }\n}")]
    [InlineData("foreach (var n in new[] { 1 })\n{\n    var own = torch.zeros(n);\n    own = own.add(own);\n    torch.Tensor[] both = [own, Doubled(own)];\n    if (both[0] is { } one)\n        total += one.item();\n}", null)]
    [InlineData("foreach (var n in new[] { 1 })\n{\n    state.add(torch.zeros(n)).item();\n    using (torch.no_grad())\n        total += fixedNet.call(torch.zeros(n)) is torch.Tensor t ? t.item() : 0;\n}", null)]
    public Task Loops_of_every_shape_get_one(string before, string? after) => VerifyAsync(Run(before), Run(after ?? before.Replace("{\n    ", $"{{\n    {Using}\n    ", StringComparison.Ordinal)));

    [Fact]
    public Task An_await_stays_outside_of_the_scope() => VerifyAsync(
        """
        async Task Run(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await Task.Delay(10, token);
                var score = torch.zeros(1);

                File.WriteAllText("score.txt", score.item().ToString()); // for the others
                await Task.Delay(20, token);
            }
        }
        """,
        """
        async Task Run(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await Task.Delay(10, token);
                using (torch.NewDisposeScope())
                {
                    var score = torch.zeros(1);

                    File.WriteAllText("score.txt", score.item().ToString()); // for the others
                }
                await Task.Delay(20, token);
            }
        }
        """);

    [Theory]
    [InlineData("state = state.add(torch.zeros(1));", "'state.add(torch.zeros(1))' is kept in 'state' beyond the round")]
    [InlineData("last = torch.zeros(1); Show(torch.zeros(2));", "'torch.zeros(1)' is kept in 'last' beyond the round")]
    [InlineData("object held = net.call(torch.zeros(1)); kept = held;", "'held' is kept in 'kept' beyond the round")]
    [InlineData("all.Add(torch.zeros(1));", "'torch.zeros(1)' is handed to 'Add', which may keep it")]
    [InlineData("queue.Enqueue(torch.zeros(1));", "'torch.zeros(1)' is handed to 'Enqueue', which may keep it")]
    [InlineData("var x = torch.zeros(1); ThreadPool.QueueUserWorkItem(_ => x.item());", "'x' is used in a function of its own, which may run later")]
    [InlineData("Keep(torch.zeros(1));", "'tensor' is kept in 'state' beyond the round")]
    [InlineData("total += torch.zeros(1).item(); Renew();", "'torch.zeros(2)' is kept in 'state' beyond the round")]
    [InlineData("total += torch.zeros(1).item(); changed?.Invoke();", "what '.Invoke()' runs may make tensors that outlive the round")]
    [InlineData("total += torch.zeros(1).item(); store.Save();", "'Save' may make tensors that outlive the round; its body is not known here")]
    [InlineData("net = torch.jit.load(\"a.pt\"); total += torch.zeros(1).item();", "'torch.jit.load(\"a.pt\")' is kept in 'net' beyond the round")]
    [InlineData("using var one = torch.jit.load(\"a.pt\"); one.call(torch.zeros(1));", "ScriptModule is made in the round, and what a model makes in a scope ends with it: make it before the loop")]
    [InlineData("net.to(device); net.call(torch.zeros(1));", "'to' of ScriptModule may keep tensors that it makes in the round")]
    [InlineData("layers.call(torch.zeros(1));", "layers of Module may be of your own and keep tensors")]
    [InlineData("var x = torch.zeros(1).MoveToOuterDisposeScope();", "'MoveToOuterDisposeScope' keeps 'torch.zeros(1)' beyond the round")]
    [InlineData("total += torch.zeros(1).add(Means.Mean).item();", "'Mean' is static and may be made in the round: touch it before the loop")]
    [InlineData("total += ((torch.Tensor)lazy.Value.call(torch.zeros(1))).item();", "'lazy.Value' may be loaded in the round, and what is loaded in a scope ends with it: load it before the loop")]
    [InlineData("var box = new Box(torch.zeros(1));", "'tensor' is kept in 'Tensor' beyond the round")]
    [InlineData("var box = new { X = torch.zeros(1) }; Show(torch.zeros(2));", "'X = torch.zeros(1)' may live on in 'new { X = torch.zeros(1) }'")]
    [InlineData("again: total += torch.zeros(1).item(); if (total < 1) goto again;", "a label stands in the round")]
    public async Task What_lives_on_is_left_with_its_reason(string statements, string reason) =>
        await VerifyLeftAsync(Run($"while (running)\n{{\n    {statements}\n}}"), reason);

    [Theory]
    [InlineData("while (torch.zeros(1).item() < 1)\n        total++;", "the tensor is made where the loop decides whether it goes on, which no scope within its round holds")]
    public async Task What_no_scope_can_hold_is_left(string loop, string reason) => await VerifyLeftAsync(Run(loop), reason);

    [Theory]
    [InlineData("var x = torch.zeros(1); await Task.Delay(1); total += x.item();", "it waits while it has tensors, and what waits is or becomes an await, which no dispose scope may span: take them apart first")]
    [InlineData("var x = torch.zeros(1).item(); await Task.Delay(1); total += x;", "'x' is worked out with tensors and used behind a wait, where a dispose scope is over: declare it before")]
    [InlineData("await Send(torch.zeros(1).item());", "it waits while it has tensors, and what waits is or becomes an await, which no dispose scope may span: take them apart first")]
    public async Task An_await_among_tensors_is_left(string statements, string reason) =>
        await VerifyLeftAsync($"async Task<float> Run()\n{{\n    var total = 0f;\n    while (running)\n    {{\n        {statements}\n    }}\n\n    return total;\n}}", reason);

    [Theory]
    [InlineData("IEnumerable<float> Run()\n{\n    while (running)\n        yield return torch.zeros(1).item();\n}", "the round hands out values while it goes on, and a scope would stay open meanwhile")]
    [InlineData("torch.Tensor Run()\n{\n    while (running)\n    {\n        var x = torch.zeros(1);\n        if (x.item() > 0)\n            return x;\n        x.relu();\n    }\n\n    return state;\n}", "'x' is returned")]
    public async Task What_is_handed_out_is_left(string method, string reason) => await VerifyLeftAsync(method, reason);

    [Fact]
    public async Task A_file_without_the_using_gets_the_full_name()
    {
        var source = Agent(Run("while (running)\n{\n    total += TorchSharp.torch.zeros(1).item();\n}")).Replace("using TorchSharp;\n", string.Empty, StringComparison.Ordinal).Replace(" torch.", " TorchSharp.torch.", StringComparison.Ordinal).Replace("(torch.", "(TorchSharp.torch.", StringComparison.Ordinal).Replace("<torch.", "<TorchSharp.torch.", StringComparison.Ordinal);

        var (texts, _) = await LiftVerifier.LiftAsync([new LeakedTensorRewriter()], source, StandIn);

        texts[0].ShouldContain("            using var scope = TorchSharp.torch.NewDisposeScope();\n");
    }

    private static string Run(string loop) => $"float Run()\n{{\n    var total = 0f;\n    {loop.Replace("\n", "\n    ", StringComparison.Ordinal)}\n    return total;\n}}";

    private static async Task VerifyAsync(string before, string after)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync([new LeakedTensorRewriter()], Agent(before), StandIn);
        texts[0].ShouldBe(Agent(after), string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason)));
        agents.SelectMany(agent => agent.After).ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.LeakedTensor);
    }

    private static async Task VerifyLeftAsync(string method, string reason)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync([new LeakedTensorRewriter()], Agent(method), StandIn);
        texts[0].ShouldBe(Agent(method));
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldBe([reason]);
    }

    private static string Agent(string method) => $$"""
        using System.Collections.Concurrent;
        using TorchSharp;

        public class ScoreAgent
        {
            private readonly torch.Device device = torch.CPU;
            private readonly torch.nn.Module<torch.Tensor, torch.Tensor> layers;
            private readonly torch.jit.ScriptModule fixedNet = torch.jit.load("b.pt");
            private readonly Lazy<torch.jit.ScriptModule> lazy = new(() => torch.jit.load("c.pt"));
            private readonly ConcurrentQueue<torch.Tensor> queue = new();
            private readonly List<torch.Tensor> all = [];
            private readonly IStore store;
            private readonly Action changed;
            private torch.jit.ScriptModule net = torch.jit.load("a.pt");
            private torch.Tensor state = torch.zeros(1);
            private torch.Tensor last;
            private object kept;
            private volatile bool running = true;

            public void Start() => new Thread(() => Run2()).Start();

            private void Run2()
            {
                while (running)
                    Thread.Sleep(10);
            }

            {{method.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal).Replace("\n    \n", "\n\n", StringComparison.Ordinal)}}

            private static float Half(float value) => value / 2;

            private torch.Tensor Doubled(torch.Tensor tensor) => tensor.add(tensor);

            private void Show(torch.Tensor tensor) => Console.WriteLine(tensor.item());

            private void Keep(torch.Tensor tensor) => state = tensor;

            private void Renew() => state = torch.zeros(2);

            private Task Send(float value) => Task.CompletedTask;
        }

        public interface IStore
        {
            void Save();
        }

        public class Box(int size)
        {
            public Box(torch.Tensor tensor)
                : this(1)
            {
                Tensor = tensor;
            }

            public int Size => size;

            public torch.Tensor Tensor { get; }
        }

        public static class Means
        {
            public static readonly torch.Tensor Mean = torch.zeros(1);
        }

        """.ReplaceLineEndings("\n");

    private const string StandIn = """
        namespace TorchSharp
        {
            public static class torch
            {
                public static Device CPU { get; } = new();
                public static Tensor zeros(params long[] sizes) => new();
                public static Tensor tensor(float[] values) => new();
                public static DisposeScope NewDisposeScope() => new();
                public static IDisposable no_grad() => new DisposeScope();

                public sealed class Device;

                public class Tensor : IDisposable
                {
                    public Tensor add(Tensor other) => this;
                    public Tensor relu() => this;
                    public Tensor to(Device device) => this;
                    public Tensor cpu() => this;
                    public float item() => 0;
                    public Accessor<T> data<T>() => new();
                    public Tensor MoveToOuterDisposeScope() => this;
                    public void Dispose() { }
                }

                public class Accessor<T> { public T[] ToArray() => []; }

                public static class nn
                {
                    public abstract class Module : IDisposable { public void Dispose() { } }

                    public abstract class Module<TIn, TOut> : Module { public TOut call(TIn input) => default; }
                }

                public static class jit
                {
                    public static ScriptModule load(string path) => new();
                    public class ScriptModule : nn.Module { public object call(params object[] input) => input; public ScriptModule to(Device device) => this; }
                }
            }

            public sealed class DisposeScope : IDisposable { public void Dispose() { } }
        }
        """;
}
