using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Gpu;

public class LeakedTensorTests
{
    private const string Torch = "using TorchSharp;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.LeakedTensor);

    [Fact]
    public Task Reports_a_tensor_made_in_a_loop() => Rule.VerifyInAgent("""
        public void Run() { while (true) { var input = [|torch.zeros(1, 512)|]; Thread.Sleep(10); } }
        """, Torch);

    [Fact]
    public Task Reports_one_finding_a_loop() => Rule.VerifyInAgent("""
        public void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var input = [|torch.zeros(i)|];
                var other = torch.ones(i);
            }
            foreach (var size in new long[] { 1, 2 })
                Console.WriteLine([|torch.zeros(size)|].item());
        }
        """, Torch);

    [Fact]
    public Task Reports_an_expression_of_tensors() => Rule.VerifyInAgent("""
        public float Run(torch.Tensor input)
        {
            float sum = 0;
            while (sum < 10)
                sum += [|input.add(torch.ones(1))|].item();
            return sum;
        }
        """, Torch);

    [Fact]
    public Task Reports_a_loop_inside_a_lambda_on_a_thread() => Rule.VerifyInAgent("""
        public void Start() => new Thread(() => { for (; ; ) { var input = [|torch.zeros(1)|]; } }).Start();
        """, Torch);

    [Fact]
    public Task Reports_the_output_of_a_model() => Rule.VerifyInAgent("""
        public void Run(torch.jit.ScriptModule model, torch.Tensor input)
        {
            do { var output = [|model.forward(input)|]; } while (DateTime.Now.Hour < 3);
        }
        """, Torch);

    [Fact]
    public Task Ignores_a_scope_inside_or_around_the_loop() => Rule.VerifyInAgent("""
        public void Inside() { while (true) { using var scope = torch.NewDisposeScope(); var input = torch.zeros(1).relu(); } }
        public void Around() { using (torch.NewDisposeScope()) { for (var i = 0; i < 3; i++) torch.zeros(i).relu(); } }
        """, Torch);

    [Fact]
    public Task Ignores_a_scope_around_a_loop_in_a_lambda() => Rule.VerifyInAgent("""
        public void Start() => new Thread(() => { while (true) { using var scope = torch.NewDisposeScope(); torch.zeros(1); } }).Start();
        """, Torch);

    [Fact]
    public Task Ignores_tensors_that_are_disposed() => Rule.VerifyInAgent("""
        public void Run()
        {
            while (true)
            {
                using var input = torch.zeros(1);
                using (var other = torch.ones(1)) Console.WriteLine(other.item());
                var last = torch.ones(2);
                last.Dispose();
            }
        }
        """, Torch);

    [Fact]
    public Task Ignores_a_tensor_that_leaves_the_loop() => Rule.VerifyInAgent("""
        torch.Tensor? latest;
        public torch.Tensor First() { while (true) return torch.zeros(1); }
        public void Keep() { while (true) latest = torch.zeros(1); }
        """, Torch);

    [Fact]
    public Task Ignores_a_tensor_outside_any_loop() => Rule.VerifyInAgent("""
        public float Once() => torch.zeros(1).add(torch.ones(1)).item();
        """, Torch);
}
