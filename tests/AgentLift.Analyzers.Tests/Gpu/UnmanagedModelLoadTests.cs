using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Gpu;

public class UnmanagedModelLoadTests
{
    private const string Models = "using LLama; using LLama.Common; using Microsoft.ML.OnnxRuntime; using OpenCvSharp; using TorchSharp;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.UnmanagedModelLoad);

    [Fact]
    public Task Reports_a_session_in_a_field() => Rule.VerifyInAgent("""
        readonly InferenceSession session = [|new("model.onnx")|];
        """, Models);

    [Fact]
    public Task Reports_a_load_on_demand() => Rule.VerifyInAgent("""
        public torch.jit.ScriptModule Load(string path) => [|torch.jit.load(path)|];
        readonly Lazy<LLamaWeights> weights = new(() => [|LLamaWeights.LoadFromFile(new ModelParams("chat.gguf"))|]);
        """, Models);

    [Fact]
    public Task A_model_that_is_loaded_and_moved_is_two_places() => Rule.VerifyInAgent("""
        torch.jit.ScriptModule? model;
        public void Start() => model = {|AGL6001:{|AGL6001:torch.jit.load("model.pt")|}.to(torch.CUDA)|};
        """, Models);

    [Fact]
    public Task Reports_a_tensor_moved_to_a_device() => Rule.VerifyInAgent("""
        public torch.Tensor Run(torch.Tensor input, torch.Device device)
        {
            var onDevice = [|input.to(device)|];
            var named = [|input.to("cuda:0")|];
            return [|input.cuda()|];
        }
        """, Models);

    [Fact]
    public Task Reports_a_module_moved_to_a_device_in_a_lambda() => Rule.VerifyInAgent("""
        Task? work;
        public void Start(torch.jit.ScriptModule model) => work = Task.Run(() => [|model.cuda()|]);
        """, Models);

    [Fact]
    public Task Ignores_a_model_manager() => Rule.Verify("""
        using AgentLift; using Microsoft.ML.OnnxRuntime; using TorchSharp;
        [Agent, ModelManager] public class Models
        {
            readonly InferenceSession session = new("model.onnx");
            public torch.Tensor Move(torch.Tensor input) => input.cuda();
        }
        """);

    [Fact]
    public Task Ignores_a_move_to_the_processor() => Rule.VerifyInAgent("""
        public torch.Tensor A(torch.Tensor input) => input.to("cpu");
        public torch.Tensor B(torch.Tensor input) => input.to(torch.CPU);
        """, Models);

    [Fact]
    public Task Ignores_a_model_that_no_gpu_runs() => Rule.VerifyInAgent("""
        readonly CascadeClassifier faces = new("faces.xml");
        readonly byte[] weights = File.ReadAllBytes("weights.bin");
        """, Models);

    [Fact]
    public Task Ignores_a_model_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly InferenceSession session;
        public SampleAgent(InferenceSession session) => this.session = session;
        public float[] Run(float[] input) => session.Run(input);
        """, Models);

    [Fact]
    public Task Reports_a_result_fetched_from_the_device() => Rule.VerifyInAgent("""
        public float Read(torch.Tensor output) => [|output.cpu()|].item();
        """, Models);
}
