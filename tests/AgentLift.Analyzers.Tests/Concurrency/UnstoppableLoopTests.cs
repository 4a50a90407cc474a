using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class UnstoppableLoopTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.UnstoppableLoop);

    [Fact]
    public Task Reports_an_endless_while() => Rule.VerifyInAgent("""
        public void Run() { [|while|] (true) { Thread.Sleep(10); } }
        """);

    [Fact]
    public Task Reports_a_for_without_a_condition() => Rule.VerifyInAgent("""
        public void Run() { [|for|] (var i = 0; ; i++) Thread.Sleep(i); }
        """);

    [Fact]
    public Task Reports_a_do_loop() => Rule.VerifyInAgent("""
        public void Run() { [|do|] { Thread.Sleep(10); } while (true); }
        """);

    [Fact]
    public Task Reports_a_constant_condition() => Rule.VerifyInAgent("""
        const bool Forever = true;
        public void Run() { [|while|] (Forever) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Reports_a_flag_that_nothing_ever_clears() => Rule.VerifyInAgent("""
        private bool running = true;
        public void Start() { running = true; [|while|] (running) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Reports_a_stopped_flag_that_nothing_ever_sets() => Rule.VerifyInAgent("""
        private bool stopped;
        public void Start() { [|while|] (!stopped) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Reports_an_asynchronous_loop_in_a_lambda() => Rule.VerifyInAgent("""
        Task? work;
        public void Start() => work = Task.Run(async () => { [|while|] (true) { await Task.Delay(10); } });
        """);

    [Fact]
    public Task Reports_a_break_that_leaves_only_an_inner_loop_or_switch() => Rule.VerifyInAgent("""
        public void Run(Queue<int> queue)
        {
            [|while|] (true)
            {
                foreach (var item in queue) { if (item > 3) break; }
                switch (queue.Count) { case 0: break; default: queue.Dequeue(); break; }
                if (queue.Count > 10) continue;
            }
        }
        """);

    [Fact]
    public Task Reports_a_throw_that_the_loop_catches_itself() => Rule.VerifyInAgent("""
        public void Run()
        {
            [|while|] (true)
            {
                try { throw new InvalidOperationException(); }
                catch (InvalidOperationException) { Thread.Sleep(10); }
            }
        }
        """);

    [Fact]
    public Task A_return_inside_a_lambda_does_not_leave_the_loop() => Rule.VerifyInAgent("""
        public void Run(List<int> items)
        {
            [|while|] (true) { items.RemoveAll(item => { return item < 0; }); }
        }
        """);

    [Fact]
    public Task A_token_that_never_cancels_is_no_token() => Rule.VerifyInAgent("""
        public async Task Run() { [|while|] (true) await Task.Delay(10, CancellationToken.None); }
        """);

    [Fact]
    public Task Reports_a_blocking_accept_whose_failure_the_loop_swallows() => Rule.VerifyInAgent("""
        TcpListener listener = new(IPAddress.Any, 0);
        public void Stop() => listener.Stop();
        public void Run()
        {
            [|while|] (true)
            {
                try { listener.AcceptTcpClient().Close(); }
                catch (SocketException) { }
            }
        }
        """);

    [Fact]
    public Task Ignores_a_blocking_accept_that_stopping_the_listener_ends() => Rule.VerifyInAgent("""
        TcpListener listener = new(IPAddress.Any, 0);
        public void Stop() => listener.Stop();
        public void Run() { while (true) listener.AcceptTcpClient().Close(); }
        """);

    [Fact]
    public Task A_break_a_return_a_throw_or_a_goto_is_a_way_out() => Rule.VerifyInAgent("""
        public void Run(Queue<int> queue)
        {
            while (true) { if (queue.Count == 0) break; queue.Dequeue(); }
            for (; ; ) { if (queue.Count == 1) throw new InvalidOperationException(); queue.Dequeue(); }
            while (true) { if (queue.Count == 2) goto done; queue.Dequeue(); }
            done:
            while (true) { if (queue.Count == 3) return; queue.Dequeue(); }
        }
        """);

    [Fact]
    public Task A_token_used_inside_is_a_way_out() => Rule.VerifyInAgent("""
        readonly CancellationTokenSource stop = new();
        public async Task Run(CancellationToken token) { while (true) await Task.Delay(10, token); }
        public async Task RunOwn() { while (true) { stop.Token.ThrowIfCancellationRequested(); await Task.Delay(10); } }
        """);

    [Fact]
    public Task Ignores_a_condition_that_a_caller_controls() => Rule.VerifyInAgent("""
        public bool Running { get; set; } = true;
        private bool stopped;
        public void Run() { while (Running) Thread.Sleep(10); }
        public void RunUntilStopped() { while (!stopped) Thread.Sleep(10); }
        public void Stop(bool now) => stopped = now;
        """);

    [Fact]
    public Task Ignores_an_iterator_that_its_reader_ends() => Rule.VerifyInAgent("""
        public IEnumerable<int> Numbers() { var i = 0; while (true) yield return i++; }
        """);
}
