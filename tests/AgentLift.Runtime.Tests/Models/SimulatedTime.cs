namespace AgentLift.Runtime.Tests.Models;

/// <summary>A clock for long simulations: what is due lies in a heap, and time moves from one event to the next.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<(Action Fire, Func<bool> IsCurrent), (long Due, long Order)> events = new();
    private long now;
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(now);

    public TimeSpan Elapsed => TimeSpan.FromTicks(now);

    public bool HasEvents => events.Count > 0;

    public void At(TimeSpan delay, Action fire) => events.Enqueue((fire, static () => true), (now + delay.Ticks, order++));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and fires what is due on the way.</summary>
    public void Advance(TimeSpan by, Action afterEach)
    {
        var until = now + by.Ticks;
        while (events.TryPeek(out _, out var next) && next.Due <= until)
        {
            FireNext();
            afterEach();
        }

        now = until;
    }

    /// <summary>Moves to the next event.</summary>
    public void FireNext()
    {
        events.TryDequeue(out var next, out var when);
        var (fire, isCurrent) = next;
        if (!isCurrent())
            return;
        now = Math.Max(now, when.Due);
        fire();
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private int version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var current = ++version;
            if (dueTime != Timeout.InfiniteTimeSpan)
                time.events.Enqueue((() => callback(state), () => version == current), (time.now + dueTime.Ticks, time.order++));
            return true;
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
