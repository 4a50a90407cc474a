using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.HeavyDependencies;

public class DuplicateModelLoadTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.DuplicateModelLoad);

    [Fact]
    public Task Reports_the_same_file_in_two_agents() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime;
        [Agent] public class Tutor { readonly InferenceSession session = [|new("model.onnx")|]; }
        [Agent] public class Grader { readonly InferenceSession session = [|new InferenceSession("model.onnx")|]; }
        """);

    [Fact]
    public Task Reports_the_same_file_in_two_files_and_three_agents() => Rule.Verify(
        "using TorchSharp; [AgentLift.Agent] public class Tutor { object model = [|torch.jit.load(\"models/a.pt\")|]; }",
        """
        using TorchSharp;
        [AgentLift.Agent] public class Grader { object Load() => [|torch.jit.load(@"models\a.pt")|]; }
        [AgentLift.Agent] public class Writer { readonly Lazy<object> model = new(() => [|torch.jit.load("models/a.pt")|]); }
        """);

    [Fact]
    public Task Reports_a_constant_path() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime;
        public static class Paths { public const string Face = "face.onnx"; }
        [Agent] public class Tutor { readonly InferenceSession session = [|new(Paths.Face)|]; }
        [Agent] public class Grader { public Grader() => Console.WriteLine([|new InferenceSession("face.onnx")|]); }
        """);

    [Fact]
    public Task Reports_the_same_file_behind_a_parameter_object() => Rule.Verify("""
        using AgentLift; using LLama; using LLama.Common;
        [Agent] public class Tutor { readonly LLamaWeights weights = [|LLamaWeights.LoadFromFile(new ModelParams("chat.gguf"))|]; }
        [Agent] public class Grader { readonly LLamaWeights weights = [|LLamaWeights.LoadFromFile(new ModelParams("chat.gguf") { GpuLayerCount = 20 })|]; }
        [Agent] public class Writer
        {
            public LLamaWeights Load()
            {
                var parameters = new ModelParams("chat.gguf");
                return [|LLamaWeights.LoadFromFile(parameters)|];
            }
        }
        """);

    [Fact]
    public Task Ignores_twice_in_one_agent() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime;
        [Agent] public class Tutor
        {
            readonly InferenceSession one = new("model.onnx");
            readonly InferenceSession two = new("model.onnx");
        }
        """);

    [Fact]
    public Task Ignores_another_file_or_another_loader() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime; using OpenCvSharp.Dnn;
        [Agent] public class Tutor { readonly InferenceSession session = new("a.onnx"); }
        [Agent] public class Grader { readonly InferenceSession session = new("b.onnx"); }
        [Agent] public class Watcher { readonly Net net = CvDnn.ReadNetFromOnnx("a.onnx"); }
        """);

    [Fact]
    public Task Ignores_a_file_that_only_the_caller_knows() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime;
        [Agent] public class Tutor { readonly InferenceSession session; public Tutor(string path) => session = new(path); }
        [Agent] public class Grader { readonly InferenceSession session; public Grader(string path) => session = new(path); }
        """);

    [Fact]
    public Task Ignores_a_class_that_is_no_agent() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime;
        [Agent] public class Tutor { readonly InferenceSession session = new("model.onnx"); }
        public class Report { public InferenceSession Open() => new("model.onnx"); }
        """);
}
