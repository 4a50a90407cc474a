using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class ManualThreadTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ManualThread);

    [Fact]
    public Task Reports_a_method_group_on_a_thread_of_its_own() => Rule.VerifyInAgent("""
        public void Start() => [|new Thread(Loop)|].Start();
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_thread_kept_in_a_field() => Rule.VerifyInAgent("""
        Thread? worker;
        public void Start()
        {
            worker = [|new Thread(Loop) { IsBackground = true, Name = "poll" }|];
            worker.Start();
        }
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_lambda() => Rule.VerifyInAgent("""
        public void Start() { var thread = [|new Thread(() => { while (true) Thread.Sleep(10); })|]; thread.Start(); }
        """);

    [Fact]
    public Task Reports_a_local_function() => Rule.VerifyInAgent("""
        public void Start()
        {
            [|new Thread(Poll)|].Start();
            void Poll() { }
        }
        """);

    [Fact]
    public Task Reports_a_target_typed_new() => Rule.VerifyInAgent("""
        public void Start()
        {
            Thread thread = [|new(Loop)|];
            thread.Start();
        }
        void Loop() { }
        """);

    [Fact]
    public Task Reports_a_target_typed_new_in_a_field_initialiser() => Rule.VerifyInAgent("""
        readonly Thread worker = [|new(Loop, 1 << 20)|];
        static void Loop() { }
        """);

    [Fact]
    public Task Reports_an_explicit_delegate() => Rule.VerifyInAgent("""
        public void Start() => [|new Thread(new ParameterizedThreadStart(Loop))|].Start(5);
        void Loop(object? state) { }
        """);

    [Fact]
    public Task A_thread_for_each_worker_is_one_place() => Rule.VerifyInAgent("""
        readonly List<Thread> workers = [];
        public void Start()
        {
            for (var i = 0; i < 4; i++)
                workers.Add([|new Thread(Loop)|]);
        }
        void Loop() { }
        """);

    [Fact]
    public Task Reports_threads_made_in_a_query() => Rule.VerifyInAgent("""
        public void Start()
        {
            foreach (var thread in Enumerable.Range(0, 4).Select(_ => [|new Thread(Loop)|]).ToList())
                thread.Start();
        }
        void Loop() { }
        """);

    [Fact]
    public Task Two_threads_are_two_findings() => Rule.VerifyInAgent("""
        public void Start() { [|new Thread(Read)|].Start(); [|new Thread(Write)|].Start(); }
        void Read() { }
        void Write() { }
        """);

    [Fact]
    public Task Reports_a_thread_in_another_part_of_the_class() => Rule.Verify(
        "[AgentLift.Agent] public partial class PollAgent { public void Start() => Launch(); }",
        "public partial class PollAgent { void Launch() => [|new Thread(Loop)|].Start(); void Loop() { } }");

    [Fact]
    public Task The_current_thread_is_nobodys_work() => Rule.VerifyInAgent("""
        public string Name => Thread.CurrentThread.Name ?? Thread.CurrentThread.ManagedThreadId.ToString();
        """);

    [Fact]
    public Task Ignores_a_thread_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly Thread owner;
        public SampleAgent(Thread owner) => this.owner = owner;
        public void Wait() => owner.Join();
        """);

    [Fact]
    public Task Ignores_a_class_that_is_only_named_thread() => Rule.VerifyInAgent("""
        public object Open() => new Forum.Thread("welcome");
        }
        namespace Forum
        {
            public class Thread(string title) { public string Title => title; }
        """);

    [Fact]
    public Task A_class_that_is_no_agent_may_start_a_thread() => Rule.Verify(
        Rules.AsAgent(string.Empty),
        "public static class Warmup { public static void Once() => new Thread(() => { }).Start(); }");
}
