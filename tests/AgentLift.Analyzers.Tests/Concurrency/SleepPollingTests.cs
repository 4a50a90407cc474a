using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class SleepPollingTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.SleepPolling);

    [Fact]
    public Task Reports_a_sleep_in_an_endless_loop() => Rule.VerifyInAgent("""
        public void Run()
        {
            while (true)
            {
                Poll();
                [|Thread.Sleep(1000)|];
            }
        }
        void Poll() { }
        """);

    [Fact]
    public Task Reports_a_sleep_of_a_time_span_in_a_do_loop() => Rule.VerifyInAgent("""
        bool busy;
        public void Run()
        {
            do [|Thread.Sleep(TimeSpan.FromSeconds(1))|]; while (busy);
        }
        """);

    [Fact]
    public Task Reports_a_sleep_in_a_counted_loop_inside_a_try() => Rule.VerifyInAgent("""
        public void Connect()
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                try { File.Open("lock", FileMode.Open).Dispose(); return; }
                catch (IOException) { [|Thread.Sleep(50)|]; }
            }
        }
        """);

    [Fact]
    public Task Reports_a_sleep_between_items() => Rule.VerifyInAgent("""
        public void Send(IEnumerable<string> messages)
        {
            foreach (var message in messages)
                if (message.Length > 0)
                    [|Thread.Sleep(10)|];
        }
        """);

    [Fact]
    public Task Reports_a_sleep_in_a_loop_inside_a_lambda() => Rule.VerifyInAgent("""
        volatile bool running = true;
        Task? work;
        public void Start() => work = Task.Run(() => { while (running) { [|Thread.Sleep(5)|]; } });
        public void Stop() => running = false;
        """);

    [Fact]
    public Task Reports_two_sleeps_in_nested_loops() => Rule.VerifyInAgent("""
        public void Run(Queue<int> queue)
        {
            for (;;)
            {
                while (queue.Count == 0)
                    [|Thread.Sleep(1)|];
                queue.Dequeue();
                [|Thread.Sleep(0)|];
            }
        }
        """);

    [Fact]
    public Task Ignores_a_sleep_outside_any_loop() => Rule.VerifyInAgent("""
        public void Start()
        {
            Thread.Sleep(500);
            foreach (var name in new[] { "a", "b" })
                Console.WriteLine(name);
            Thread.Sleep(500);
        }
        """);

    [Fact]
    public Task Ignores_a_sleep_in_a_function_that_the_loop_only_calls_or_passes_on() => Rule.VerifyInAgent("""
        public void Start(List<Action> work)
        {
            while (work.Count < 3)
                work.Add(() => Thread.Sleep(10));
            while (work.Count > 0)
                Pause();
            void Pause() => Thread.Sleep(10);
        }
        """);

    [Fact]
    public Task Ignores_an_awaited_delay_in_a_loop() => Rule.VerifyInAgent("""
        public async Task Run(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
                await Task.Delay(1000, token);
        }
        """);

    [Fact]
    public Task Ignores_a_sleep_of_something_else() => Rule.VerifyInAgent("""
        public void Run() { while (true) { Cat.Sleep(1); break; } }
        static class Cat { public static void Sleep(int hours) { } }
        """);
}
