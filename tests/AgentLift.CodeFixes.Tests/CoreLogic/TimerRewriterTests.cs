using AgentLift.CodeFixes.CoreLogic.Timers;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

public class TimerRewriterTests
{
    private static readonly TimerRewriter[] Rewriters = [new()];

    [Theory]
    [InlineData("_timer = new Timer(Clean, null, 0, 500);", "RunPeriodically(\"clean\", TimeSpan.FromMilliseconds(500), CleanAsync);")]
    [InlineData("_timer = new Timer(_ => Clean(null), null, TimeSpan.Zero, TimeSpan.FromMinutes(1));", "RunPeriodically(\"clean\", TimeSpan.FromMinutes(1), CleanAsync);")]
    [InlineData("_timer = new(new TimerCallback(this.Clean), null, period: 60_000, dueTime: 2000);", "RunPeriodically(\"clean\", TimeSpan.FromMinutes(1), CleanAsync, firstAfter: TimeSpan.FromSeconds(2));")]
    [InlineData("_timer = new Timer(Clean); _timer.Change(1000, 1000);", "RunPeriodically(\"clean\", TimeSpan.FromSeconds(1), CleanAsync, firstAfter: TimeSpan.FromSeconds(1));")]
    public Task A_threading_timer_becomes_periodic_with_the_same_first_wait(string start, string run) => LiftVerifier.VerifyAsync(
        Rewriters,
        SupervisionRewriterTests.Agent($$"""
            private Timer _timer;
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{start.Replace("; _timer", ";\n        _timer", StringComparison.Ordinal)}}
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _timer.Change(Timeout.Infinite, Timeout.Infinite);
                _timer?.Dispose();
                _rounds = 0;
                return ValueTask.CompletedTask;
            }

            private void Clean(object state)
            {
                if (_rounds++ > 100)
                    return;
                _rounds += 2;
            }
        """),
        SupervisionRewriterTests.Agent($$"""
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{run}}
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _rounds = 0;
                return ValueTask.CompletedTask;
            }

            private Task CleanAsync(CancellationToken token)
            {
                if (_rounds++ > 100)
                    return Task.CompletedTask;
                _rounds += 2;
                return Task.CompletedTask;
            }
        """));

    [Fact]
    public Task A_timer_of_events_begins_with_its_start() => LiftVerifier.VerifyAsync(
        Rewriters,
        SupervisionRewriterTests.Agent("""
            private readonly System.Timers.Timer _beat = new System.Timers.Timer { Interval = 15000, AutoReset = true };
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                _beat.Elapsed += (sender, e) => Interlocked.Increment(ref _rounds);
                _beat.Enabled = true;
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _beat.Stop();
                return ValueTask.CompletedTask;
            }
        """),
        SupervisionRewriterTests.Agent("""
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunPeriodically("beat", TimeSpan.FromSeconds(15), _ =>
                {
                    Interlocked.Increment(ref _rounds);
                    return Task.CompletedTask;
                }, firstAfter: TimeSpan.FromSeconds(15));
                return ValueTask.CompletedTask;
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                return ValueTask.CompletedTask;
            }
        """));

    [Theory]
    [InlineData("_timer = new Timer(Clean, null, 500, Timeout.Infinite);", "_timer runs once and not again: start the work where it is due, with RunSupervised and RestartPolicy.Once")]
    [InlineData("_timer = new Timer(Clean, null, 500, 500); Slow();", "Change of _timer is used while the agent runs: RunPeriodically has one period for life")]
    [InlineData("_timer = new Timer(Clean);", "its period cannot be seen")]
    [InlineData("var timer = new Timer(Clean, null, 500, 500);", "the timer is not kept in a field of its own: keep it in one")]
    [InlineData("_timer = new Timer(Tell, 5, 500, 500);", "what it calls takes the timer's arguments, or is called by others too: give it a method of its own without arguments")]
    public Task A_timer_that_is_more_than_a_beat_stays(string start, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        SupervisionRewriterTests.Agent($$"""
            private Timer _timer;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{start}}
                return ValueTask.CompletedTask;
            }

            {{(start.Contains("Slow()", StringComparison.Ordinal) ? "public void Slow() { _timer.Change(1000, 1000); }" : string.Empty)}}

            private void Clean(object state) => GC.Collect();

            private void Tell(object state) => GC.KeepAlive(state);
        """),
        reason);
}
