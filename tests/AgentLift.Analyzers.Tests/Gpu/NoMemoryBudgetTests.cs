using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Gpu;

public class NoMemoryBudgetTests
{
    private const string Models = "using AgentLift; using Microsoft.ML.OnnxRuntime; using TorchSharp;\n";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.NoMemoryBudget);

    [Fact]
    public Task Reports_a_tensor_moved_to_a_gpu() => Rule.Verify(Models + """
        [Agent] public class [|Scorer|] { public torch.Tensor Run(torch.Tensor input) => input.cuda(); }
        """);

    [Fact]
    public Task Reports_a_device_that_is_picked() => Rule.Verify(Models + """
        [Agent] public class [|Scorer|] { readonly torch.Device device = torch.device("cuda:1"); }
        """);

    [Fact]
    public Task Reports_a_session_that_runs_on_a_gpu() => Rule.Verify(Models + """
        [Agent] public class [|Scorer|]
        {
            readonly InferenceSession session;
            public Scorer()
            {
                var options = new SessionOptions();
                options.AppendExecutionProvider_CUDA();
                session = new InferenceSession("model.onnx", options);
            }
        }
        """);

    [Fact]
    public Task Reports_a_device_that_is_looked_for_in_a_lambda() => Rule.Verify(Models + """
        [Agent] public class [|Scorer|] { readonly Func<bool> gpu = () => torch.cuda.is_available(); }
        """);

    [Fact]
    public Task Reports_a_module_moved_in_another_part() => Rule.Verify(
        Models + "[Agent] public partial class [|Scorer|] { void Start() => Load(); }",
        Models + "public partial class Scorer { void Load() => torch.jit.load(\"a.pt\").to(torch.CUDA); }");

    [Fact]
    public Task Ignores_a_budget_a_limit_or_a_maximum() => Rule.Verify(Models + """
        [Agent] public class One { readonly long vramBudget = 4; torch.Tensor Run(torch.Tensor input) => input.cuda(); }
        [Agent] public class Two { int MemoryLimitMb { get; set; } torch.Tensor Run(torch.Tensor input) => input.cuda(); }
        [Agent] public class Three { const long MaxGpuMemory = 4; torch.Tensor Run(torch.Tensor input) => input.cuda(); }
        """);

    [Fact]
    public Task Ignores_an_agent_whose_models_all_come_from_a_manager() => Rule.Verify(Models + """
        class ModelManagerAttribute : Attribute { }
        [ModelManager] public class ScoreModels { }
        [Agent] public class Scorer(ScoreModels models) { public ScoreModels Models => models; torch.Tensor Run(torch.Tensor input) => input.cuda(); }
        """);

    [Fact]
    public Task Reports_an_agent_that_loads_a_model_beside_its_manager() => Rule.Verify(Models + """
        class ModelManagerAttribute : Attribute { }
        [ModelManager] public class ScoreModels { }
        [Agent] public class [|Scorer|](ScoreModels models) { public ScoreModels Models => models; readonly torch.jit.ScriptModule own = torch.jit.load("a.pt").to(torch.CUDA); }
        """);

    [Fact]
    public Task Ignores_a_model_on_the_processor() => Rule.Verify(Models + """
        [Agent] public class Scorer
        {
            readonly InferenceSession session = new("model.onnx");
            readonly torch.Device device = torch.device("cpu");
            torch.Tensor Run(torch.Tensor input) => input.to(torch.CPU);
        }
        """);

    [Fact]
    public Task Ignores_an_agent_without_models() => Rule.Verify("""
        [AgentLift.Agent] public class Clock { public DateTime Now => DateTime.Now; }
        """);
}
