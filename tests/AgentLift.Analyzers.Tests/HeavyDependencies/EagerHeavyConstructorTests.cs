using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.HeavyDependencies;

public class EagerHeavyConstructorTests
{
    private const string Models = "using LLama; using LLama.Common; using Microsoft.ML.OnnxRuntime; using OpenCvSharp.Dnn; using TorchSharp;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.EagerHeavyConstructor);

    [Fact]
    public Task Reports_a_load_in_a_constructor() => Rule.VerifyInAgent("""
        readonly InferenceSession session;
        public SampleAgent() { session = [|new InferenceSession("model.onnx", new SessionOptions())|]; }
        """, Models);

    [Fact]
    public Task Reports_a_load_in_an_expression_body_and_in_a_private_constructor() => Rule.VerifyInAgent("""
        LLamaWeights? weights;
        Net? net;
        public SampleAgent() => weights = [|LLamaWeights.LoadFromFile(new ModelParams("chat.gguf"))|];
        SampleAgent(bool vision) => net = [|CvDnn.ReadNetFromOnnx("face.onnx")|];
        """, Models);

    [Fact]
    public Task Reports_a_method_that_the_constructor_calls() => Rule.VerifyInAgent("""
        torch.jit.ScriptModule? model;
        public SampleAgent(string path) => Load(path);
        void Load(string path) => model = [|torch.jit.load(path)|];
        """, Models);

    [Fact]
    public Task Reports_a_local_function_of_the_constructor() => Rule.VerifyInAgent("""
        readonly InferenceSession session;
        public SampleAgent()
        {
            session = Open("model.onnx");
            static InferenceSession Open(string path) => [|new(path)|];
        }
        """, Models);

    [Fact]
    public Task Reports_a_property_that_the_constructor_reads() => Rule.VerifyInAgent("""
        InferenceSession? session;
        public SampleAgent() => Console.WriteLine(Session);
        InferenceSession Session { get { session ??= [|new InferenceSession("model.onnx")|]; return session; } }
        """, Models);

    [Fact]
    public Task Reports_the_argument_of_a_constructor_initialiser() => Rule.VerifyInAgent("""
        public SampleAgent() : this([|new InferenceSession("model.onnx")|]) { }
        public SampleAgent(InferenceSession session) { }
        """, Models);

    [Fact]
    public Task Reports_a_file_that_becomes_a_table() => Rule.VerifyInAgent("""
        readonly List<float[]> vectors;
        readonly byte[] index;
        public SampleAgent()
        {
            var text = File.ReadAllText("vectors.json");
            vectors = [|JsonSerializer.Deserialize<List<float[]>>(text)|]!;
            index = [|File.ReadAllBytes("index.dat")|];
        }
        """, Models);

    [Fact]
    public Task Reports_a_loader_of_the_team_that_wraps_a_model() => Rule.VerifyInAgent("""
        readonly Recognizer recognizer;
        public SampleAgent() => recognizer = [|new Recognizer("face.onnx")|];
        }
        public class Recognizer(string path)
        {
            readonly InferenceSession session = new(path);
        """, Models);

    [Fact]
    public Task Ignores_a_load_in_the_background_or_behind_a_lazy() => Rule.VerifyInAgent("""
        Task<InferenceSession>? loading;
        Lazy<InferenceSession>? lazy;
        public SampleAgent()
        {
            loading = Task.Run(() => new InferenceSession("model.onnx"));
            lazy = new Lazy<InferenceSession>(() => new InferenceSession("model.onnx"));
            new Thread(Warm).Start();
        }
        void Warm() => Console.WriteLine(new InferenceSession("model.onnx"));
        """, Models);

    [Fact]
    public Task Ignores_a_load_in_a_method_that_no_constructor_calls() => Rule.VerifyInAgent("""
        InferenceSession? session;
        public SampleAgent() => Prepare();
        void Prepare() { }
        public void Start() => session = new InferenceSession("model.onnx");
        """, Models);

    [Fact]
    public Task Ignores_a_model_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly InferenceSession session;
        public SampleAgent(InferenceSession session) => this.session = session;
        """, Models);

    [Fact]
    public Task Ignores_a_settings_file() => Rule.VerifyInAgent("""
        readonly Settings settings;
        readonly string[] lines;
        public SampleAgent()
        {
            settings = JsonSerializer.Deserialize<Settings>(File.ReadAllText("agent.json"))!;
            lines = File.ReadAllLines("agent.ini");
        }
        public class Settings { public int Port { get; set; } }
        """);

    [Fact]
    public Task Reports_an_asynchronous_load_that_the_constructor_waits_for() => Rule.VerifyInAgent("""
        object? model;
        public SampleAgent() => LoadAsync().GetAwaiter().GetResult();
        async Task LoadAsync() { await Task.Yield(); model = [|torch.jit.load("model.pt")|]; }
        """, Models);

    [Fact]
    public Task Ignores_an_asynchronous_load_that_the_constructor_only_starts() => Rule.VerifyInAgent("""
        object? model;
        readonly Task loading;
        public SampleAgent() { loading = LoadAsync(); _ = LoadAsync(); }
        async Task LoadAsync() { await Task.Yield(); model = torch.jit.load("model.pt"); }
        """, Models);
}
