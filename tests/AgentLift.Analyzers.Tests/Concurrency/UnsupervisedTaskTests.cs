using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class UnsupervisedTaskTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.UnsupervisedTask);

    [Fact]
    public Task Reports_a_task_as_a_statement() => Rule.VerifyInAgent("""
        public void Start() { [|Task.Run(Loop)|]; }
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_task_assigned_to_a_discard() => Rule.VerifyInAgent("""
        public void Start() => _ = [|Task.Run(async () => await Task.Delay(10))|];
        """);

    [Fact]
    public Task Reports_a_task_that_an_expression_body_drops() => Rule.VerifyInAgent("""
        public void Start() => [|Task.Run(() => Handle(1))|];
        void Handle(int number) { }
        """);

    [Fact]
    public Task Reports_a_task_dropped_inside_a_loop_inside_a_lambda() => Rule.VerifyInAgent("""
        public void Start(TcpListener listener)
        {
            Action accept = () =>
            {
                for (;;)
                {
                    var client = listener.AcceptTcpClient();
                    [|Task.Run(() => client.Close())|];
                }
            };
            accept();
        }
        """);

    [Fact]
    public Task Reports_a_factory_task_that_is_dropped() => Rule.VerifyInAgent("""
        public void Start() { [|Task.Factory.StartNew(Loop)|]; }
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_long_running_task_even_where_it_is_kept() => Rule.VerifyInAgent("""
        Task? work;
        public void Start() => work = [|Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning)|];
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_long_running_task_among_other_options() => Rule.VerifyInAgent("""
        public Task Start(CancellationToken token) =>
            [|Task.Factory.StartNew(Loop, token, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.LongRunning, TaskScheduler.Default)|];
        void Loop() { }
        """);

    [Fact]
    public Task Reports_queued_work_items() => Rule.VerifyInAgent("""
        public void Start()
        {
            [|ThreadPool.QueueUserWorkItem(_ => Loop())|];
            [|ThreadPool.UnsafeQueueUserWorkItem(Work, null)|];
        }
        void Loop() { }
        void Work(object? state) { }
        """);

    [Fact]
    public Task Ignores_a_task_kept_in_a_field() => Rule.VerifyInAgent("""
        Task? work;
        public void Start() => work = Task.Run(Loop);
        void Loop() { }
        """);

    [Fact]
    public Task Ignores_a_task_that_is_awaited() => Rule.VerifyInAgent("""
        public async Task Start()
        {
            await Task.Run(Loop);
            await Task.Factory.StartNew(Loop).ConfigureAwait(false);
        }
        void Loop() { }
        """);

    [Fact]
    public Task Ignores_a_task_that_is_returned_or_handed_on() => Rule.VerifyInAgent("""
        readonly List<Task> all = [];
        public Task Start() => Task.Run(Loop);
        public void Add() => all.Add(Task.Run(Loop));
        void Loop() { }
        """);

    [Fact]
    public Task Ignores_a_task_that_a_local_keeps() => Rule.VerifyInAgent("""
        public async Task Start()
        {
            var work = Task.Run(Loop);
            await Task.WhenAny(work, Task.Delay(100));
        }
        void Loop() { }
        """);

    [Fact]
    public Task Ignores_a_method_that_is_only_named_run() => Rule.VerifyInAgent("""
        public void Start() { Jobs.Run(() => { }); }
        }
        public static class Jobs
        {
            public static void Run(Action job) => job();
        """);

    [Fact]
    public Task Reports_a_task_that_a_lambda_without_a_result_drops() => Rule.VerifyInAgent("""
        public void Start()
        {
            Action drop = () => [|Task.Run(Loop)|];
            Func<Task> keep = () => Task.Run(Loop);
        }
        void Loop() { }
        """);
}
