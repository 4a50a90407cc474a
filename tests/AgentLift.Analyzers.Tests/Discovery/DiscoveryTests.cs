using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>What makes a class an agent. Each marked name is a class that must be found.</summary>
public class DiscoveryTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.NotABaseAgent);

    [Fact]
    public Task The_attribute() => Rule.Verify("""
        [AgentLift.Agent] public class [|Tutor|];
        [AgentLift.Agent(Name = "grader")] public abstract class [|Grader|];
        public class Lesson;
        """);

    [Fact]
    public Task An_attribute_of_that_name_from_elsewhere_counts_too() => Rule.Verify("""
        public class AgentAttribute : Attribute;
        [Agent] public class [|Tutor|];
        """);

    [Fact]
    public Task The_base_type_makes_an_agent_that_needs_no_lift() => Rule.Verify("""
        public class Tutor : AgentLift.BaseAgent { void Say() => {|AGL1004:Console.WriteLine(1)|}; }
        """);

    [Fact]
    public Task A_base_type_that_only_bears_the_name_counts_with_work() => Rule.Verify($$"""
        public class BaseAgent;
        public class Idle : BaseAgent { void Say() => Console.WriteLine(1); }
        public class Tutor : BaseAgent
        {
            public void Start() => {|AGL2001:new Thread(Work)|}.Start();
            void Work() { while (true) {|AGL2003:Thread.Sleep(10)|}; }
        }
        """);

    [Fact]
    public Task A_name_alone_is_not_enough() => Rule.FindsNothing("""
        public class TutorAgent { public string Name => "tutor"; public void Say() => Console.WriteLine(Name); }
        public class BillingService { public decimal Total(decimal[] lines) => lines.Sum(); }
        public class UserManager { readonly List<string> users = []; public void Add(string user) => users.Add(user); }
        """);

    [Fact]
    public Task A_weak_sign_needs_a_name_or_another_sign() => Rule.Verify("""
        public class Clock
        {
            readonly Timer timer;
            public Clock() => timer = new Timer(Tick, null, 0, 1000);
            void Tick(object? state) { }
        }
        public class [|ClockMonitor|]
        {
            readonly Timer timer;
            public ClockMonitor() => timer = new Timer(Tick, null, 0, 1000);
            void Tick(object? state) { }
        }
        public class [|ClockAndPort|]
        {
            readonly Timer timer;
            readonly System.Net.HttpListener listener = new();
            public ClockAndPort() => timer = new Timer(Tick, null, 0, 1000);
            void Tick(object? state) { }
        }
        """);

    [Fact]
    public Task A_loaded_model_needs_a_name() => Rule.Verify("""
        using Microsoft.ML.OnnxRuntime;
        public class Face { readonly InferenceSession session = new("face.onnx"); }
        public class [|FaceProcessor|] { readonly InferenceSession session = new("face.onnx"); }
        """);

    [Fact]
    public Task Strong_signs_need_no_name() => Rule.Verify("""
        using System.Net; using System.Net.Sockets; using NetMQ.Sockets;
        public class [|ThreadOwner|] { public void Start() => new Thread(() => { while (true) Thread.Sleep(1); }).Start(); }
        public class [|TaskOwner|] { Task? work; public void Start() => work = Task.Run(async () => { while (true) await Task.Delay(1); }); }
        public class [|Looper|] { public async Task Run() { while (true) await Task.Delay(1); } }
        public class [|SocketOwner|] { readonly ResponseSocket socket = new("@tcp://*:5555"); }
        public class [|ListenerOwner|]
        {
            public async Task Run(int port)
            {
                var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                while (true) (await listener.AcceptTcpClientAsync()).Dispose();
            }
        }
        """);

    [Fact]
    public Task Only_classes_count() => Rule.FindsNothing("""
        public struct Poller { public void Start() => new Thread(() => { while (true) Thread.Sleep(1); }).Start(); }
        public record struct Other { public void Start() => new Thread(() => { while (true) Thread.Sleep(1); }).Start(); }
        public interface IPoller { void Start() => new Thread(() => { while (true) Thread.Sleep(1); }).Start(); }
        """);

    [Fact]
    public Task A_record_class_counts() => Rule.Verify($$"""
        public record [|Poller|](int Interval) { {{Sparing.Worker}} }
        """);

    [Fact]
    public Task Partial_classes_are_one_agent() => Rule.VerifyExactly(
        "public partial class {|AGL1001:Poller|} { volatile bool running = true; }",
        "public partial class Poller { public void Start() => {|AGL2001:new Thread(Work)|}.Start(); }",
        "public partial class Poller { public void Stop() => running = false; }",
        "public partial class Poller { void Work() { while (running) {|AGL2003:Thread.Sleep(10)|}; } }");

    [Fact]
    public Task Nested_classes_are_agents_of_their_own() => Rule.Verify($$"""
        public class Outer
        {
            public class [|Inner|] { {{Sparing.Worker}} }
            internal class [|Second|] { {{Sparing.Worker}} }
        }
        public class [|Both|]
        {
            {{Sparing.Worker}}
            public class [|Inner|] { {{Sparing.Worker}} }
        }
        """);

    [Fact]
    public Task A_generic_class_needs_a_name() => Rule.Verify($$"""
        public class Pump<T> { {{Sparing.Worker}} }
        public class [|PumpWorker|]<T> { {{Sparing.Worker}} }
        """);

    [Fact]
    public Task A_generic_agent_sees_its_own_members() => Rules.Verifier(RuleIds.RacyStopFlag).Verify("""
        public class PumpWorker<T> where T : new()
        {
            bool [|running|] = true;
            public void Start() => new Thread(Work).Start();
            public void Stop() => running = false;
            void Work() { while (running) { Handle(new T()); Thread.Sleep(10); } }
            static void Handle(T item) { }
        }
        """);

    [Fact]
    public Task A_program_with_a_loop() => Rule.Verify("""
        public static class [|Program|]
        {
            public static void Main() { while (true) { Thread.Sleep(1000); } }
        }
        """);

    [Fact]
    public Task A_program_that_ends() => Rule.FindsNothing("""
        public static class Program
        {
            public static void Main(string[] args) { foreach (var arg in args) Console.WriteLine(arg); }
        }
        """);

    [Fact]
    public Task A_program_of_top_level_statements() => Rule.AsProgram().Verify("""
        [|Console|].WriteLine("started");
        while (true) { {|AGL2003:Thread.Sleep(1000)|}; }
        """);

    [Fact]
    public Task A_loop_that_waits_for_a_queue() => Rule.Verify("""
        using System.Collections.Concurrent; using System.Threading.Channels;
        public class [|Taker|]
        {
            readonly BlockingCollection<string> jobs = new();
            public void Run() { while (true) Console.WriteLine(jobs.Take()); }
        }
        public class [|Consumer|]
        {
            readonly BlockingCollection<string> jobs = new();
            public void Run() { foreach (var job in jobs.GetConsumingEnumerable()) Console.WriteLine(job); }
        }
        public class [|Follower|]
        {
            readonly Channel<string> jobs = Channel.CreateUnbounded<string>();
            public async Task RunAsync(CancellationToken token)
            {
                await foreach (var job in jobs.Reader.ReadAllAsync(token)) Console.WriteLine(job);
            }
        }
        public class [|Drainer|]
        {
            readonly Channel<string> jobs = Channel.CreateUnbounded<string>();
            public async Task RunAsync() { while (await jobs.Reader.WaitToReadAsync()) jobs.Reader.TryRead(out _); }
        }
        """);

    [Fact]
    public Task A_queue_of_one_call_or_an_iterator_ends_by_itself() => Rule.FindsNothing("""
        using System.Threading.Channels;
        public class Importer
        {
            readonly Channel<string> rows = Channel.CreateUnbounded<string>();
            public async Task Import(ChannelReader<string> given)
            {
                var own = Channel.CreateUnbounded<string>();
                await foreach (var row in own.Reader.ReadAllAsync()) Console.WriteLine(row);
                while (await given.WaitToReadAsync()) given.TryRead(out _);
            }
            public async IAsyncEnumerable<string> Rows() { await foreach (var row in rows.Reader.ReadAllAsync()) yield return row; }
        }
        """);

    [Fact]
    public Task An_endless_loop_that_waits_for_nothing_is_an_algorithm() => Rule.FindsNothing("""
        public class Parser
        {
            int position;
            public int Next(string text) { while (true) { if (position == text.Length || text[position] == ' ') return position; position++; } }
        }
        """);

    [Fact]
    public Task An_agent_that_runs_its_own_handlers() => Rule.Verify("""
        public class [|CommandLoop|]
        {
            readonly Dictionary<string, Action> handlers;
            readonly Queue<string> commands = new();
            public CommandLoop() => handlers = new() { ["stop"] = Stop };
            public void Start() => new Thread(Work).Start();
            void Stop() { }
            void Work()
            {
                while (true)
                {
                    if (commands.TryDequeue(out var command) && handlers.TryGetValue(command, out var handler)) handler();
                    Thread.Sleep(10);
                }
            }
        }
        """);

    [Fact]
    public Task An_agent_that_raises_an_event() => Rule.Verify("""
        public class [|Ticker|]
        {
            public event Action<DateTime>? Ticked;
            public void Start() => new Thread(Work).Start();
            void Work() { while (true) { Ticked?.Invoke(DateTime.Now); Thread.Sleep(10); } }
        }
        """);
}
