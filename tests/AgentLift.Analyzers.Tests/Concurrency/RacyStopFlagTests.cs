using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class RacyStopFlagTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.RacyStopFlag);

    [Fact]
    public Task Reports_a_field_in_the_condition_of_a_loop() => Rule.VerifyInAgent("""
        private bool [|running|] = true;
        public void Start() => new Thread(Loop).Start();
        public void Stop() => running = false;
        void Loop() { while (running) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Reports_a_property_with_its_own_field() => Rule.VerifyInAgent("""
        public bool [|IsRunning|] { get; private set; }
        public void Start() { IsRunning = true; new Thread(Loop).Start(); }
        public void Stop() { IsRunning = false; }
        void Loop() { do Thread.Sleep(10); while (IsRunning); }
        """);

    [Fact]
    public Task Reports_a_flag_that_breaks_out_of_the_loop() => Rule.VerifyInAgent("""
        private bool [|stop|];
        public void Start() => new Thread(Loop).Start();
        public void Stop() => stop = true;
        void Loop() { while (true) { if (stop) break; Thread.Sleep(10); } }
        """);

    [Fact]
    public Task Reports_a_flag_that_returns_from_the_loop_of_a_lambda() => Rule.VerifyInAgent("""
        private bool [|stopping|];
        public void Start() => new Thread(() => { for (; ; ) { if (stopping && DateTime.Now.Hour > 1) { return; } Thread.Sleep(10); } }).Start();
        public void Stop() => stopping = true;
        """);

    [Fact]
    public Task Reports_a_static_flag() => Rule.VerifyInAgent("""
        static bool [|running|] = true;
        static void Loop() { while (running && DateTime.Now.Year > 2000) Thread.Sleep(10); }
        public static void Main() { Console.CancelKeyPress += (sender, args) => running = false; Loop(); }
        """);

    [Fact]
    public Task Reports_a_flag_that_another_part_writes() => Rule.Verify(
        "[AgentLift.Agent] public partial class PollAgent { void Loop() { while (running) Thread.Sleep(10); } }",
        "public partial class PollAgent { bool [|running|] = true; public void Stop() => running = false; }");

    [Fact]
    public Task One_write_outside_the_lock_is_enough() => Rule.VerifyInAgent("""
        readonly object gate = new();
        private bool [|running|] = true;
        public void Stop() { lock (gate) running = false; }
        public void Kill() => running = false;
        void Loop() { while (running) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Ignores_a_volatile_field() => Rule.VerifyInAgent("""
        private volatile bool running = true;
        public void Stop() => running = false;
        void Loop() { while (running) Thread.Sleep(10); }
        """);

    [Fact]
    public Task Ignores_explicit_barriers() => Rule.VerifyInAgent("""
        private bool running = true;
        private bool stop;
        public void Stop() { Volatile.Write(ref running, false); Interlocked.Exchange(ref stop, true); }
        void Loop() { while (Volatile.Read(ref running)) { if (Volatile.Read(ref stop)) return; Thread.Sleep(10); } }
        """);

    [Fact]
    public Task Ignores_writes_and_reads_under_a_lock() => Rule.VerifyInAgent("""
        readonly object gate = new();
        private bool stop;
        public void Stop() { lock (gate) { stop = true; } }
        void Loop() { while (true) { lock (gate) { if (stop) return; } Thread.Sleep(10); } }
        """);

    [Fact]
    public Task Ignores_a_flag_that_only_the_constructor_and_the_loop_write() => Rule.VerifyInAgent("""
        private bool more;
        public SampleAgent() => more = true;
        void Loop() { while (more) { more = DateTime.Now.Second > 3; } }
        """);

    [Fact]
    public Task Ignores_a_flag_that_is_read_outside_loops() => Rule.VerifyInAgent("""
        private bool started;
        public void Start() { if (started) return; started = true; }
        public void Stop() => started = false;
        """);

    [Fact]
    public Task Ignores_a_condition_that_does_not_leave_the_loop() => Rule.VerifyInAgent("""
        private bool verbose;
        public void Quiet() => verbose = false;
        void Loop() { while (true) { if (verbose) Console.WriteLine("tick"); Thread.Sleep(10); } }
        """);

    [Fact]
    public Task Ignores_a_flag_that_the_caller_of_the_loop_sets_on_the_same_thread() => Rule.VerifyInAgent("""
        private bool more;
        public void Read() { more = true; ReadAll(); }
        void ReadAll() { while (more) { more = DateTime.Now.Second > 3; } }
        """);
}
