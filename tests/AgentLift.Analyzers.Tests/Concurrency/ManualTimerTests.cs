using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class ManualTimerTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ManualTimer);

    [Fact]
    public Task Reports_a_threading_timer_in_a_field() => Rule.VerifyInAgent("""
        Timer? timer;
        public void Start() => timer = [|new Timer(Tick, null, 0, 1000)|];
        void Tick(object? state) { }
        """);

    [Fact]
    public Task Reports_a_target_typed_field_initialiser() => Rule.VerifyInAgent("""
        readonly Timer timer = [|new(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(5))|];
        """);

    [Fact]
    public Task Reports_a_timers_timer_with_an_event() => Rule.VerifyInAgent("""
        System.Timers.Timer? timer;
        public void Start()
        {
            timer = [|new System.Timers.Timer(1000) { AutoReset = true }|];
            timer.Elapsed += (sender, args) => { };
            timer.Start();
        }
        """);

    [Fact]
    public Task Reports_a_periodic_timer() => Rule.VerifyInAgent("""
        public async Task Run(CancellationToken token)
        {
            using var timer = [|new PeriodicTimer(TimeSpan.FromSeconds(1))|];
            while (await timer.WaitForNextTickAsync(token)) { }
        }
        """);

    [Fact]
    public Task Reports_timers_in_a_list() => Rule.VerifyInAgent("""
        readonly List<Timer> timers = [];
        public void Start()
        {
            timers.Add([|new Timer(Tick)|]);
            timers.Add([|new Timer(state => Tick(state), this, 5, Timeout.Infinite)|]);
        }
        void Tick(object? state) { }
        """);

    [Fact]
    public Task Ignores_a_timer_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly Timer timer;
        public SampleAgent(Timer timer) => this.timer = timer;
        public void Stop() => timer.Change(Timeout.Infinite, Timeout.Infinite);
        """);

    [Fact]
    public Task A_stopwatch_or_a_delay_is_no_timer() => Rule.VerifyInAgent("""
        readonly Stopwatch watch = Stopwatch.StartNew();
        public async Task Wait() => await Task.Delay(10);
        public TimeSpan Age => watch.Elapsed;
        """);

    [Fact]
    public Task Ignores_a_class_that_is_only_named_timer() => Rule.VerifyInAgent("""
        public object Make() => new Kitchen.Timer();
        }
        namespace Kitchen
        {
            public class Timer { }
        """);

    [Fact]
    public Task Ignores_a_beat_within_a_supervised_loop_and_reports_one_beside_it() => Rule.Verify("""
        public abstract class BaseAgent
        {
            protected void RunSupervised(string name, Func<CancellationToken, Task> body) { }
        }
        public class Twin : BaseAgent
        {
            public void Begin()
            {
                RunSupervised("tick", TickAsync);
                _ = Task.Run(() => TockAsync(default));
            }
            async Task TickAsync(CancellationToken token)
            {
                using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (await beat.WaitForNextTickAsync(token)) { }
            }
            async Task TockAsync(CancellationToken token)
            {
                using var beat = [|new PeriodicTimer(TimeSpan.FromSeconds(1))|];
                while (await beat.WaitForNextTickAsync(token)) { }
            }
        }
        """);
}
