using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class AsyncVoidTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.AsyncVoid);

    [Fact]
    public Task Reports_a_method() => Rule.VerifyInAgent("""
        public async void [|Start|]() { await Task.Delay(10); }
        """);

    [Fact]
    public Task Reports_an_expression_body() => Rule.VerifyInAgent("""
        private async void [|Send|](string text) => await Task.Delay(text.Length);
        """);

    [Fact]
    public Task Reports_a_local_function() => Rule.VerifyInAgent("""
        public void Start()
        {
            Loop();
            async void [|Loop|]() { while (true) await Task.Delay(10); }
        }
        """);

    [Fact]
    public Task Reports_a_static_method_and_an_override() => Rule.VerifyInAgent("""
        static async void [|Warm|]() => await Task.Yield();
        }
        public abstract class Job { public abstract void Run(); }
        [Agent]
        public class JobAgent : Job
        {
            public override async void [|Run|]() => await Task.Yield();
        """);

    [Fact]
    public Task Reports_a_lambda_that_becomes_an_action() => Rule.VerifyInAgent("""
        public void Start()
        {
            Action run = [|async () => await Task.Delay(10)|];
            run();
        }
        """);

    [Fact]
    public Task Reports_a_timer_callback_as_a_lambda() => Rule.VerifyInAgent("""
        readonly Timer timer = new([|async _ => await Task.Delay(10)|], null, 0, 1000);
        """);

    [Fact]
    public Task Reports_a_lambda_on_a_thread_and_one_for_each_item() => Rule.VerifyInAgent("""
        public void Start(List<int> items)
        {
            new Thread([|async () => { await Task.Delay(10); }|]).Start();
            items.ForEach([|async item => await Task.Delay(item)|]);
        }
        """);

    [Fact]
    public Task Ignores_an_event_handler() => Rule.VerifyInAgent("""
        readonly System.Timers.Timer timer = new(1000);
        public void Start()
        {
            timer.Elapsed += OnElapsed;
            timer.Elapsed += async (sender, args) => await Task.Delay(10);
            Console.CancelKeyPress += async delegate (object? sender, ConsoleCancelEventArgs args) { await Task.Delay(10); };
        }
        private async void OnElapsed(object? sender, System.Timers.ElapsedEventArgs args) => await Task.Delay(10);
        """);

    [Fact]
    public Task Ignores_a_method_that_returns_its_task() => Rule.VerifyInAgent("""
        public async Task Start() => await Task.Delay(10);
        public async ValueTask<int> Count() { await Task.Yield(); return 1; }
        public void Stop() { }
        """);

    [Fact]
    public Task Ignores_a_lambda_that_becomes_a_function_of_a_task() => Rule.VerifyInAgent("""
        Task? work;
        public void Start()
        {
            work = Task.Run(async () => await Task.Delay(10));
            Func<Task> run = async () => await Task.Delay(10);
        }
        """);
}
