using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class ThreadAbortTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ThreadAbort);

    [Fact]
    public Task Reports_an_interrupt() => Rule.VerifyInAgent("""
        readonly Thread worker = new(() => { });
        public void Stop() => [|worker.Interrupt()|];
        """);

    [Fact]
    public Task Reports_an_abort() => Rule.VerifyInAgent("""
        Thread worker = new(() => { });
        #pragma warning disable SYSLIB0006
        public void Stop() { [|worker.Abort()|]; }
        """);

    [Fact]
    public Task Reports_an_abort_with_a_reason_through_a_conditional_access() => Rule.VerifyInAgent("""
        Thread? worker;
        #pragma warning disable SYSLIB0006
        public void Stop() => worker?[|.Abort("stopping")|];
        """);

    [Fact]
    public Task Reports_suspend_and_resume() => Rule.VerifyInAgent("""
        #pragma warning disable CS0618
        public void Pause(Thread worker) { [|worker.Suspend()|]; }
        public void Continue(Thread worker) { [|worker.Resume()|]; }
        """);

    [Fact]
    public Task Reports_each_thread_of_a_list() => Rule.VerifyInAgent("""
        readonly List<Thread> workers = [];
        public void Stop()
        {
            workers.ForEach(worker => [|worker.Interrupt()|]);
            foreach (var worker in workers)
                [|worker.Interrupt()|];
        }
        """);

    [Fact]
    public Task Ignores_a_join_or_a_start_harms_nobody() => Rule.VerifyInAgent("""
        readonly Thread worker = new(() => { });
        public void Start() => worker.Start();
        public void Stop() => worker.Join(TimeSpan.FromSeconds(5));
        """);

    [Fact]
    public Task Ignores_an_abort_of_something_else() => Rule.VerifyInAgent("""
        readonly HttpListener listener = new();
        public void Stop() => listener.Abort();
        """);

    [Fact]
    public Task Resetting_an_abort_is_a_symptom_only() => Rule.VerifyInAgent("""
        #pragma warning disable SYSLIB0006
        public void Handle() { try { } finally { Thread.ResetAbort(); } }
        """);
}
