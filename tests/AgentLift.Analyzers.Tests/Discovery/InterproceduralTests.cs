using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>Evidence that shows only when several members, parts or classes are read together.</summary>
public class InterproceduralTests
{
    [Fact]
    public Task A_heavy_load_two_methods_below_the_constructor() => Rules.Verifier(RuleIds.EagerHeavyConstructor).VerifyInAgent("""
        InferenceSession? session;
        public SampleAgent() { Initialise(); }
        void Initialise() => LoadModels("models");
        void LoadModels(string folder) { session = [|new InferenceSession(Path.Combine(folder, "a.onnx"))|]; }
        """, "using Microsoft.ML.OnnxRuntime;");

    [Fact]
    public Task A_heavy_load_below_the_constructor_of_another_part() => Rules.Verifier(RuleIds.EagerHeavyConstructor).Verify(
        "[AgentLift.Agent] public partial class Tutor { public Tutor() => Prepare(); partial void Prepare(); }",
        """
        public partial class Tutor
        {
            object? model;
            partial void Prepare() => Load();
            void Load() => model = [|TorchSharp.torch.jit.load("a.pt")|];
        }
        """);

    [Fact]
    public Task A_heavy_load_behind_two_classes_of_the_team() => Rules.Verifier(RuleIds.EagerHeavyConstructor).VerifyInAgent("""
        readonly Brain brain;
        public SampleAgent() => brain = [|Brain.Wake("brain.pt")|];
        }
        public class Brain
        {
            public static Brain Wake(string path) { Cortex.Open(path); return new Brain(); }
        }
        public static class Cortex
        {
            public static object Open(string path) => TorchSharp.torch.jit.load(path);
        """);

    [Fact]
    public Task A_constructor_that_only_starts_a_thread_loads_later() => Rules.Verifier(RuleIds.EagerHeavyConstructor).VerifyInAgent("""
        object? model;
        public SampleAgent() => Launch();
        void Launch() => new Thread(Load).Start();
        void Load() => model = TorchSharp.torch.jit.load("a.pt");
        """);

    [Fact]
    public Task A_recursion_ends() => Rules.Verifier(RuleIds.EagerHeavyConstructor).VerifyInAgent("""
        object? model;
        public SampleAgent() => Even(4);
        void Even(int count) { if (count == 0) model = [|TorchSharp.torch.jit.load("a.pt")|]; else Odd(count - 1); }
        void Odd(int count) => Even(count - 1);
        """);

    [Fact]
    public Task A_stop_flag_that_another_part_writes() => Rules.Verifier(RuleIds.UnstoppableLoop).Verify(
        "[AgentLift.Agent] public partial class Tutor { private bool running = true; void Work() { while (running) Thread.Sleep(1); } }",
        "public partial class Tutor { public void Stop() { running = false; } }");

    [Fact]
    public Task A_stop_flag_that_no_part_writes() => Rules.Verifier(RuleIds.UnstoppableLoop).Verify(
        "[AgentLift.Agent] public partial class Tutor { private bool running = true; void Work() { [|while|] (running) Thread.Sleep(1); } }",
        "public partial class Tutor { public void Start() { running = true; } }");

    [Fact]
    public Task A_stop_flag_that_a_handler_writes() => Rules.Verifier(RuleIds.UnstoppableLoop).VerifyInAgent("""
        private bool running = true;
        public void Run()
        {
            Console.CancelKeyPress += (_, _) => running = false;
            while (running) Thread.Sleep(1);
        }
        """);

    [Fact]
    public Task A_flag_written_by_reference_may_stop() => Rules.Verifier(RuleIds.UnstoppableLoop).VerifyInAgent("""
        private bool running = true;
        public void Run() { while (running) Thread.Sleep(1); }
        public void Stop() => Clear(ref running);
        static void Clear(ref bool flag) => flag = false;
        """);

    [Fact]
    public Task A_thread_whose_body_is_in_another_part() => Rules.Verifier(RuleIds.NotABaseAgent).Verify(
        "public partial class [|Poller|] { public void Start() => {|AGL2001:new Thread(Work)|}.Start(); }",
        "public partial class Poller { void Work() => Forever(); void Forever() { while (true) {|AGL2003:Thread.Sleep(10)|}; } }");

    [Fact]
    public Task A_thread_whose_body_loops_two_calls_away() => Rules.Verifier(RuleIds.NotABaseAgent).Verify("""
        public class [|Poller|]
        {
            public void Start() => new Thread(() => First()).Start();
            void First() { Second(); }
            void Second() { while (true) Handle(); }
            void Handle() { }
        }
        """);

    [Fact]
    public Task A_thread_whose_body_belongs_to_somebody_else() => Rules.Verifier(RuleIds.NotABaseAgent).FindsNothing("""
        public class Starter { public void Start(Engine engine) => new Thread(engine.Work).Start(); }
        public struct Engine { public void Work() { while (true) Thread.Sleep(10); } }
        """);

    [Fact]
    public Task A_socket_in_a_field_that_another_method_binds() => Rules.Verifier(RuleIds.RawListener).VerifyInAgent("""
        private Socket? socket;
        public void Open() => socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        public void Listen(IPEndPoint place) { [|socket!.Bind(place)|]; socket.Listen(10); }
        """);

    [Fact]
    public Task A_socket_in_a_field_that_another_part_binds() => Rules.Verifier(RuleIds.RawListener).Verify(
        "using System.Net.Sockets; [AgentLift.Agent] public partial class Tutor { readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp); }",
        "public partial class Tutor { void Listen(System.Net.EndPoint place) { [|socket.Bind(place)|]; socket.Listen(); } }");

    [Fact]
    public Task A_socket_in_a_field_that_a_caller_gave_is_bound_by_its_owner() => Rules.Verifier(RuleIds.RawListener).VerifyInAgent("""
        private Socket? socket;
        public void Use(Socket given) => socket = given;
        public void Listen(IPEndPoint place) => socket!.Bind(place);
        """);

    [Fact]
    public Task A_connection_in_a_field_that_another_method_opens() => Rules.Verifier(RuleIds.LifetimeConnection).VerifyInAgent("""
        private readonly Npgsql.NpgsqlConnection connection;
        public SampleAgent(string text) => connection = [|new(text)|];
        public async Task Start() => await Connect();
        private Task Connect() => connection.OpenAsync();
        """);
}
