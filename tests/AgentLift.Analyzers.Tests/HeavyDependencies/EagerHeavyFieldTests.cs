using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.HeavyDependencies;

public class EagerHeavyFieldTests
{
    private const string Models = "using Microsoft.ML.OnnxRuntime; using TorchSharp;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.EagerHeavyField);

    [Fact]
    public Task Reports_a_session_in_a_field() => Rule.VerifyInAgent("""
        readonly InferenceSession session = [|new("model.onnx")|];
        """, Models);

    [Fact]
    public Task Reports_a_model_in_a_static_field() => Rule.VerifyInAgent("""
        static readonly torch.jit.ScriptModule Model = [|torch.jit.load("model.pt")|];
        """, Models);

    [Fact]
    public Task Reports_a_model_in_a_property() => Rule.VerifyInAgent("""
        public torch.jit.ScriptModule Model { get; } = [|torch.jit.load("model.pt")|];
        """, Models);

    [Fact]
    public Task Reports_a_load_inside_a_larger_expression() => Rule.VerifyInAgent("""
        readonly torch.jit.ScriptModule onDevice = [|torch.jit.load("model.pt")|].to(torch.CUDA);
        readonly InferenceSession[] all = { [|new InferenceSession("a.onnx")|], [|new InferenceSession("b.onnx")|] };
        """, Models);

    [Fact]
    public Task Reports_a_static_method_that_an_initialiser_calls() => Rule.VerifyInAgent("""
        readonly InferenceSession session = Open();
        static InferenceSession Open() => [|new InferenceSession("model.onnx")|];
        """, Models);

    [Fact]
    public Task Reports_a_file_read_whole_and_a_file_that_becomes_a_table() => Rule.VerifyInAgent("""
        readonly byte[] weights = [|File.ReadAllBytes("weights.bin")|];
        static readonly Dictionary<string, float[]> Vectors = [|JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText("vectors.json"))|]!;
        """);

    [Fact]
    public Task Reports_a_loader_of_the_team() => Rule.VerifyInAgent("""
        readonly VectorTable table = [|VectorTable.Load("vectors.txt")|];
        }
        public class VectorTable
        {
            readonly List<string> rows = [];
            public static VectorTable Load(string path)
            {
                var table = new VectorTable();
                foreach (var line in File.ReadLines(path)) table.rows.Add(line);
                return table;
            }
        """);

    [Fact]
    public Task Ignores_a_lazy_field_and_a_lambda() => Rule.VerifyInAgent("""
        readonly Lazy<InferenceSession> session = new(() => new InferenceSession("model.onnx"));
        readonly AsyncLazy<InferenceSession> later = new(async () => { await Task.Yield(); return new InferenceSession("model.onnx"); });
        readonly Func<InferenceSession> open = () => new InferenceSession("model.onnx");
        """, Models + "using Nito.AsyncEx;");

    [Fact]
    public Task Ignores_a_load_on_first_use() => Rule.VerifyInAgent("""
        InferenceSession? session;
        public InferenceSession Session => session ??= new InferenceSession("model.onnx");
        """, Models);

    [Fact]
    public Task A_load_by_the_constructor_is_another_rule() => Rule.VerifyInAgent("""
        readonly InferenceSession session;
        public SampleAgent() => session = {|AGL4002:new InferenceSession("model.onnx")|};
        """, Models);

    [Fact]
    public Task Ignores_cheap_objects() => Rule.VerifyInAgent("""
        static readonly Dictionary<string, int> Counts = new() { ["a"] = 1 };
        static readonly System.Text.RegularExpressions.Regex Pattern = new("[a-z]+");
        static readonly JsonSerializerOptions Options = new() { WriteIndented = true };
        readonly SessionOptions sessionOptions = new();
        readonly byte[] certificate = File.ReadAllBytes("agent.pfx");
        readonly byte[] buffer = new byte[1 << 16];
        """, Models);
}
