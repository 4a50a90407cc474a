using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

public class SupervisionRewriterTests
{
    private static readonly SupervisionRewriter[] Rewriters = [new()];

    [Fact]
    public Task A_thread_its_flag_and_its_join_become_one_loop_of_the_runtime() => VerifyAsync(
        """
            private Thread _pump;
            private bool _running;
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                _pump = new Thread(PumpLoop) { IsBackground = true, Name = "pump" };
                _pump.Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                if (_pump != null)
                    _pump.Join(1000);
                _rounds = 0;
                return ValueTask.CompletedTask;
            }

            private void PumpLoop()
            {
                while (_running)
                    _rounds++;
            }
        """,
        """
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("pump", PumpLoop);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _rounds = 0;
                return ValueTask.CompletedTask;
            }

            private void PumpLoop(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    _rounds++;
            }
        """);

    [Fact]
    public Task A_flag_that_health_reads_stays_and_the_loop_asks_the_token() => VerifyAsync(
        """
            private volatile bool _running;
            private int _rounds;

            public string Health => _running ? "up" : "down";

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                new Thread(PumpLoop).Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                return ValueTask.CompletedTask;
            }

            private void PumpLoop()
            {
                while (_running)
                    _rounds++;
            }
        """,
        """
            private volatile bool _running;
            private int _rounds;

            public string Health => _running ? "up" : "down";

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _running = true;
                RunOnThread("pump", PumpLoop);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                return ValueTask.CompletedTask;
            }

            private void PumpLoop(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    _rounds++;
            }
        """);

    [Fact]
    public Task A_flag_that_is_set_while_the_agent_runs_becomes_volatile_and_the_token_is_asked_beside_it() => VerifyAsync(
        """
            private bool _paused;
            private int _rounds;

            public void Pause() => _paused = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                new Thread(PumpLoop).Start();
                return ValueTask.CompletedTask;
            }

            private void PumpLoop()
            {
                while (!_paused)
                    _rounds++;
            }
        """,
        """
            private volatile bool _paused;
            private int _rounds;

            public void Pause() => _paused = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("pump", PumpLoop);
                return ValueTask.CompletedTask;
            }

            private void PumpLoop(CancellationToken token)
            {
                while (!token.IsCancellationRequested && !_paused)
                    _rounds++;
            }
        """);

    [Fact]
    public Task The_listener_of_an_accept_loop_is_owned_and_a_stop_closes_its_connections() => VerifyAsync(
        """
            private TcpListener _listener;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _listener = new TcpListener(IPAddress.Loopback, 0);
                _listener.Start();
                Task.Factory.StartNew(Accept, TaskCreationOptions.LongRunning);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _listener?.Stop();
                return ValueTask.CompletedTask;
            }

            private void Accept()
            {
                while (true)
                {
                    var client = _listener.AcceptTcpClient();
                    // each on its own
                    ThreadPool.QueueUserWorkItem(Serve, client);
                }
            }

            private void Serve(object state) => ((TcpClient)state).Dispose();
        """,
        """
            private TcpListener _listener;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _listener = Own(new TcpListener(IPAddress.Loopback, 0));
                _listener.Start();
                RunOnThread("accept", Accept);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                return ValueTask.CompletedTask;
            }

            private void Accept(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    var client = _listener.AcceptTcpClient();
                    // each on its own
                    RunOnThread("serve", stop =>
                    {
                        using var closing = stop.Register(client.Close);
                        Serve(client);
                    }, RestartPolicy.Once);
                }
            }

            private void Serve(object state) => ((TcpClient)state).Dispose();
        """);

    [Fact]
    public Task What_a_stop_wakes_is_woken_by_the_token() => VerifyAsync(
        """
            private readonly System.Collections.Concurrent.BlockingCollection<int> _items = new();

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                new Thread(Work).Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _items.CompleteAdding();
                _items.Dispose();
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                foreach (var item in _items.GetConsumingEnumerable())
                    GC.KeepAlive(item);
            }
        """,
        """
            private readonly System.Collections.Concurrent.BlockingCollection<int> _items = new();

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("work", Work);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _items.Dispose();
                return ValueTask.CompletedTask;
            }

            private void Work(CancellationToken token)
            {
                using var waking = token.Register(_items.CompleteAdding);
                foreach (var item in _items.GetConsumingEnumerable())
                    GC.KeepAlive(item);
            }
        """);

    [Fact]
    public Task A_priority_is_set_on_the_thread_that_the_runtime_makes() => VerifyAsync(
        """
            private volatile bool _running = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                var thread = new Thread(Work);
                thread.Priority = ThreadPriority.BelowNormal;
                thread.Start();
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                while (_running)
                    Thread.Yield();
            }
        """,
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("work", token =>
                {
                    Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
                    Work(token);
                });
                return ValueTask.CompletedTask;
            }

            private void Work(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    Thread.Yield();
            }
        """);

    [Fact]
    public Task A_source_of_tokens_that_the_agent_keeps_for_its_loops_is_the_agents_token() => VerifyAsync(
        """
            private readonly CancellationTokenSource _cancel = new();
            private Task _task;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _ = Task.Run(WatchAsync);
                _task = Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning);
                return ValueTask.CompletedTask;
            }

            protected override async ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _cancel.Cancel();
                await _task;
                await Task.Yield();
            }

            private async Task WatchAsync()
            {
                while (!_cancel.IsCancellationRequested)
                    await Task.Delay(100, _cancel.Token);
            }

            private void Work()
            {
                var token = _cancel.Token;
                for (;;)
                {
                    if (token.IsCancellationRequested)
                        break;
                }
            }
        """,
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("watch", WatchAsync);
                RunOnThread("work", Work);
                return ValueTask.CompletedTask;
            }

            protected override async ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                await Task.Yield();
            }

            private async Task WatchAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    await Task.Delay(100, token);
            }

            private void Work(CancellationToken stop)
            {
                for (;;)
                {
                    if (stop.IsCancellationRequested)
                        break;
                }
            }
        """);

    [Fact]
    public Task Async_void_returns_its_task_and_the_runtime_runs_it() => VerifyAsync(
        """
            private volatile bool _running = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                Watch();
                return ValueTask.CompletedTask;
            }

            private async void Watch()
            {
                while (_running)
                {
                    await Task.Delay(100);
                    Tell(100);
                }
            }

            private async void Tell(int number) => await Task.Delay(number);
        """,
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("watch", WatchAsync);
                return ValueTask.CompletedTask;
            }

            private async Task WatchAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    await Task.Delay(100, token);
                    RunSupervised("tell", _ => TellAsync(100), RestartPolicy.Once);
                }
            }

            private async Task TellAsync(int number) => await Task.Delay(number);
        """);

    [Theory]
    [InlineData("new Thread(Work, 65536).Start();", "the thread has a stack size of its own, which RunOnThread cannot give it")]
    [InlineData("var thread = new Thread(Work); thread.SetApartmentState(ApartmentState.MTA); thread.Start();", "SetApartmentState of thread is used, which a loop of the runtime does not have")]
    [InlineData("var thread = new Thread(Work); thread.Start(); Threads.Add(thread);", "Threads is used for more than to start its threads and to wait for them: let the agent's loops answer what is asked of it")]
    [InlineData("var thread = new Thread(Work); thread.Start(); GC.KeepAlive(thread);", "thread is used as a value: the runtime has no thread to hand out")]
    [InlineData("var thread = new Thread(Work); thread.Start(); thread.Interrupt();", "thread is ended by Interrupt: let what it waits for end by a signal first")]
    [InlineData("new Thread(Work) /* at once */ .Start();", "a comment or directive stands within the statement that starts it: move it first")]
    [InlineData("new Thread(Wait).Start();", "Signal.WaitOne waits without a limit, and nothing in the agent's stop ends it: let it end by the token first")]
    [InlineData("new Thread(Work).Start(); Signal.WaitOne();", "the start of the agent waits with WaitHandle.WaitOne, and loops begin when it has ended: let it not wait for them")]
    [InlineData("new Thread(Shared).Start(); Shared();", "its loop in Shared is called by others too, so that the agent's token cannot reach it: give it a CancellationToken first")]
    public Task What_cannot_be_given_to_the_runtime_stays(string start, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent($$"""
            private static readonly List<Thread> Threads = [];
            private readonly ManualResetEvent Signal = new(false);

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{start}}
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                for (var i = 0; i < 10; i++)
                    Thread.Yield();
            }

            public static int Count => Threads.Count;

            private void Wait() => Signal.WaitOne();

            public void Shared()
            {
                while (!Signal.WaitOne(100))
                    Thread.Yield();
            }
        """),
        reason);

    [Theory]
    [InlineData("var worker = new Thread(Work) { Name = \"worker-\" + i };", "worker.Start();", "_workers.Add(worker);")]
    [InlineData("_workers.Add(new Thread(Work));", "_workers[i].Start();", null)]
    public Task Several_threads_in_a_list_become_as_many_loops(string first, string second, string? third) => VerifyAsync(
        $$"""
            private readonly List<Thread> _workers = new();
            private volatile bool _running = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                for (var i = 0; i < 3; i++)
                {
                    {{first}}
                    {{second}}{{(third is null ? string.Empty : "\n            " + third)}}
                }

                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                foreach (var worker in _workers)
                    worker.Join();
                _workers.Clear();
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                while (_running)
                    Thread.Yield();
            }
        """,
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                for (var i = 0; i < 3; i++)
                {
                    RunOnThread("work", Work);
                }

                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                return ValueTask.CompletedTask;
            }

            private void Work(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                    Thread.Yield();
            }
        """);

    [Fact]
    public Task A_flag_of_a_loop_that_others_call_becomes_volatile() => VerifyAsync(
        """
            private bool _stop;

            public void Work()
            {
                while (!_stop)
                    Thread.Yield();
            }

            public void Leave() => _stop = true;
        """,
        """
            private volatile bool _stop;

            public void Work()
            {
                while (!_stop)
                    Thread.Yield();
            }

            public void Leave() => _stop = true;
        """);

    [Fact]
    public Task A_stop_that_waits_for_the_loops_work_before_it_ends_them_stays() => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent("""
            private readonly Queue<int> _items = new();
            private volatile bool _running = true;
            private Thread _thread;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _thread = new Thread(Work);
                _thread.Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                while (_items.Count > 0)
                    Thread.Sleep(10);
                _running = false;
                _thread.Join();
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                while (_running)
                    _items.TryDequeue(out _);
            }
        """),
        "the stop of the agent waits in a loop, perhaps for what this work does, and runs when it has ended: move that wait into OnDrainingAsync first");

    [Fact]
    public Task What_a_stop_does_in_order_stays_in_order() => VerifyAsync(
        """
            private readonly StreamWriter _log = new("log.txt");
            private Thread _thread;
            private bool _running = true;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _thread = new Thread(Work);
                _thread.Start();
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _running = false;
                _thread.Join();
                // first what is in it, then the file
                _log.Flush();
                _log.Dispose();
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                do
                {
                    _log.WriteLine("beat");
                }
                while (_running);
            }
        """,
        """
            private readonly StreamWriter _log = new("log.txt");

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("work", Work);
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                // first what is in it, then the file
                _log.Flush();
                _log.Dispose();
                return ValueTask.CompletedTask;
            }

            private void Work(CancellationToken token)
            {
                do
                {
                    _log.WriteLine("beat");
                }
                while (!token.IsCancellationRequested);
            }
        """);

    [Fact]
    public async Task A_loop_that_anybody_may_call_is_left_with_a_reason()
    {
        var (_, agents) = await LiftVerifier.LiftAsync(Rewriters, Agent("""
            public async Task WatchAsync()
            {
                while (true)
                    await Task.Delay(100);
            }
        """));

        var left = agents.Single().Obstacles.ShouldHaveSingleItem();
        left.RuleId.ShouldBe(RuleIds.UnstoppableLoop);
        left.Reason.ShouldBe("no token is in reach of WatchAsync: others than the agent's loops may call it, so give it a CancellationToken first");
    }

    private const string MadeByHand = """
            [CompatibilityConstructor]
            public PumpAgent() : this(AgentContext.Standalone("PumpAgent")) { }

            private async void Answer() { await Task.Yield(); Console.WriteLine(); }

            private void Pump() { while (true) Thread.Sleep(1000); }
        """;

    [Theory]
    [InlineData("public void Listen() { Answer(); }", "Listen", "callers make the agent by hand and nothing starts it, with which its loops would begin: give it a Start first")]
    [InlineData("public void Listen() { new Thread(Pump).Start(); }", "Listen", "callers make the agent by hand and nothing starts it, with which its loops would begin: give it a Start first")]
    [InlineData(
        "public void Run() { new Thread(Pump).Start(); } protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { Run(); return ValueTask.CompletedTask; }",
        "Run",
        "callers that make the agent by hand call Run, past the runtime that would begin its loops: let them call Start of the runtime, or let the host make it")]
    public Task Work_of_an_agent_that_is_made_by_hand_and_not_started_stays_as_it_is(string member, string call, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent(MadeByHand + "\n    " + member) + $"public static class Program {{ public static void Launch() {{ new PumpAgent().{call}(); }} }}\n",
        reason);

    [Fact]
    public async Task Work_of_an_agent_that_is_made_by_hand_and_started_is_the_runtimes()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            Rewriters,
            Agent(MadeByHand + "\n    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { Answer(); return ValueTask.CompletedTask; }")
                + "public static class Program { public static void Launch() { new PumpAgent().Start(); } }\n");

        texts[0].ShouldContain("RunSupervised(\"answer\", _ => AnswerAsync(), RestartPolicy.Once);");
    }

    internal static string Agent(string members) => $$"""
        using System.Net;
        using System.Net.Sockets;
        using AgentLift.Runtime;

        public partial class PumpAgent(AgentContext context) : BaseAgent(context)
        {
        {{members}}
        }

        """;

    private static Task VerifyAsync(string before, string after) => LiftVerifier.VerifyAsync(Rewriters, Agent(before), Agent(after));
}
