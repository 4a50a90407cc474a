using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.HeavyDependencies;

public class EagerHeavyStaticInitTests
{
    private const string Models = "using Microsoft.ML.OnnxRuntime; using OpenCvSharp; using TorchSharp;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.EagerHeavyStaticInit);

    [Fact]
    public Task Reports_a_static_constructor() => Rule.VerifyInAgent("""
        static readonly InferenceSession Session;
        static SampleAgent() { Session = [|new InferenceSession("model.onnx")|]; }
        """, Models);

    [Fact]
    public Task Reports_a_static_constructor_with_an_expression_body() => Rule.VerifyInAgent("""
        static readonly CascadeClassifier Faces;
        static SampleAgent() => Faces = [|new("faces.xml")|];
        """, Models);

    [Fact]
    public Task Reports_a_method_that_a_static_constructor_calls() => Rule.VerifyInAgent("""
        static torch.jit.ScriptModule? model;
        static SampleAgent() => Load();
        static void Load() { LoadModel("model.pt"); }
        static void LoadModel(string path) => model = [|torch.jit.load(path)|];
        """, Models);

    [Fact]
    public Task Reports_a_module_initialiser() => Rule.VerifyInAgent("""
        static InferenceSession? session;
        [System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Warm() => session = [|new InferenceSession("model.onnx")|];
        """, Models);

    [Fact]
    public Task Reports_a_big_file() => Rule.VerifyInAgent("""
        static readonly byte[] Weights;
        static SampleAgent() => Weights = [|File.ReadAllBytes("weights.bin")|];
        """);

    [Fact]
    public Task A_static_field_initialiser_is_another_rule() => Rule.VerifyInAgent("""
        static readonly InferenceSession Session = {|AGL4001:new InferenceSession("model.onnx")|};
        """, Models);

    [Fact]
    public Task Ignores_a_static_lazy() => Rule.VerifyInAgent("""
        static readonly Lazy<InferenceSession> Session;
        static SampleAgent() => Session = new Lazy<InferenceSession>(() => new InferenceSession("model.onnx"));
        """, Models);

    [Fact]
    public Task Ignores_cheap_statics() => Rule.VerifyInAgent("""
        static readonly Dictionary<string, int> Ports = new();
        static SampleAgent() { Ports["tutor"] = 5; AppContext.SetSwitch("agent", true); }
        """);
}
