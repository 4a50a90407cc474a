namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>Libraries that implement a socket, a thread pool or a scheduler for others are no agents.</summary>
public partial class FalseAlarmTests
{
    [Fact]
    public Task A_stream_may_pump_on_a_thread_of_its_own() => Sparing.IsSpared(
        $$"""public class PumpService : MemoryStream { {{Sparing.Worker}} }""",
        $$"""public class [|PumpService|] { {{Sparing.Worker}} }""");

    [Fact]
    public Task A_task_scheduler_may_own_threads() => Sparing.IsSpared(
        $$"""
        public class WorkService : TaskScheduler
        {
            {{Sparing.Worker}}
            protected override IEnumerable<Task> GetScheduledTasks() => [];
            protected override void QueueTask(Task task) { }
            protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
        }
        """,
        $$"""public class [|WorkService|] { {{Sparing.Worker}} }""");

    [Fact]
    public Task A_class_that_derives_from_a_socket_or_a_client_is_one() => Sparing.IsSpared(
        $$"""public class LinkService : System.Net.Sockets.TcpClient { {{Sparing.Worker}} }""",
        $$"""public class [|LinkService|] { {{Sparing.Worker}} }""");

    [Theory]
    [InlineData("ThreadPool")]
    [InlineData("JobScheduler")]
    [InlineData("MessageSocket")]
    [InlineData("TcpTransport")]
    [InlineData("HubConnection")]
    [InlineData("ClientSession")]
    [InlineData("EventDispatcher")]
    [InlineData("RetryTimer")]
    public Task A_class_named_as_such_an_abstraction(string name) => Sparing.IsSpared(
        $$"""public class {{name}} { {{Sparing.Worker}} }""",
        $$"""public class [|{{name}}Agent|] { {{Sparing.Worker}} }""");

    [Fact]
    public Task A_pool_that_runs_what_callers_queue() => Sparing.IsSpared(
        """
        public class JobRunner
        {
            readonly System.Collections.Concurrent.BlockingCollection<Action> jobs = new();
            public void Start() => new Thread(Work).Start();
            public void Enqueue(Action job) => jobs.Add(job);
            void Work() { foreach (var job in jobs.GetConsumingEnumerable()) job(); }
        }
        """,
        """
        public class [|JobRunner|]
        {
            readonly System.Collections.Concurrent.BlockingCollection<string> jobs = new();
            public void Start() => new Thread(Work).Start();
            public void Enqueue(string job) => jobs.Add(job);
            void Work() { foreach (var job in jobs.GetConsumingEnumerable()) Handle(job); }
            void Handle(string job) { }
        }
        """);

    [Fact]
    public Task A_poller_that_runs_a_callers_delegate() => Sparing.IsSpared(
        """
        public class Poller(Action tick)
        {
            readonly Action action = tick;
            public Poller(Action tick, int interval) : this(tick) { }
            public void Start() => new Thread(() => { while (true) { action(); Thread.Sleep(10); } }).Start();
        }
        """,
        """
        public class [|Poller|]
        {
            public void Start() => new Thread(() => { while (true) { Tick(); Thread.Sleep(10); } }).Start();
            void Tick() { }
        }
        """);

    [Fact]
    public Task A_poller_that_runs_the_delegate_of_its_primary_constructor() => Sparing.IsSpared(
        """
        public class Poller(Action tick)
        {
            public void Start() => new Thread(() => { while (true) { tick(); Thread.Sleep(10); } }).Start();
        }
        """,
        """
        public class [|Poller|](string name)
        {
            public void Start() => new Thread(() => { while (true) { Console.WriteLine(name); Thread.Sleep(10); } }).Start();
        }
        """);

    [Fact]
    public Task A_generic_class_serves_others() => Sparing.IsSpared(
        $$"""public class Courier<T> { {{Sparing.Worker}} }""",
        $$"""public class [|Courier|] { {{Sparing.Worker}} }""");

    [Theory]
    [InlineData("System.Net.Sockets.Socket")]
    [InlineData("System.Net.Sockets.TcpClient")]
    [InlineData("System.Net.Sockets.NetworkStream")]
    [InlineData("Stream")]
    [InlineData("System.Net.WebSockets.WebSocket")]
    public Task An_object_that_lives_as_long_as_one_connection(string connection) => Sparing.IsSpared(
        $$"""public class Visitor({{connection}} connection) { {{Sparing.Worker}} public object Connection => connection; }""",
        $$"""public class [|Visitor|](int number) { {{Sparing.Worker}} public object Number => number; }""");

    [Fact]
    public Task A_part_that_only_its_owner_sees_belongs_to_the_owner() => Sparing.IsSpared(
        $$"""public class Outer { private class Worker { {{Sparing.Worker}} } }""",
        $$"""public class Outer { public class [|Worker|] { {{Sparing.Worker}} } }""");

    [Fact]
    public Task An_abstract_class_is_for_others_to_derive_from() => Sparing.IsSpared(
        $$"""public abstract class WorkerAgent { {{Sparing.Worker}} }""",
        $$"""public class [|WorkerAgent|] { {{Sparing.Worker}} }""");

    [Theory]
    [InlineData("Fleet.Tests")]
    [InlineData("Fleet.IntegrationTests.Servers")]
    [InlineData("Fleet.UnitTest")]
    public Task Helpers_of_tests_by_their_namespace(string space) => Sparing.IsSpared(
        $$"""namespace {{space}} { public class FakeServer { {{Sparing.Worker}} } }""",
        $$"""namespace Fleet.Attests1 { public class [|FakeServer|] { {{Sparing.Worker}} } }""");

    [Fact]
    public Task A_collection_of_samples() => Sparing.IsSpared(
        $$"""public class ConnectionSamples { {{Sparing.Worker}} }""",
        $$"""public class [|Connections|] { {{Sparing.Worker}} }""");

    [Fact]
    public Task A_helper_of_a_static_class_that_gives_its_caller_the_task() => Sparing.IsSpared(
        Ticker("private"),
        Ticker("public").Replace("class Reports", "class [|Reports|]", StringComparison.Ordinal));

    private static string Ticker(string accessibility) => $$"""
        public static class Reports
        {
            public static async Task Write(CancellationToken stop) => await StartTicker(stop);

            {{accessibility}} static Task StartTicker(CancellationToken stop)
            {
                return Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                        await Task.Delay(100, stop);
                });
            }
        }
        """;
}
