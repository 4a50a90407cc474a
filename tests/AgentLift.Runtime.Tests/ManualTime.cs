using System.Threading.Channels;

namespace AgentLift.Runtime.Tests;

/// <summary>A clock that stands still until a test moves it. Timers fire while it moves, in their order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly Channel<bool> added = Channel.CreateUnbounded<bool>();
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for this clock, then moves it past that wait.</summary>
    /// <returns>How long the wait was.</returns>
    public async Task<TimeSpan> PassNextWaitAsync()
    {
        while (true)
        {
            TimeSpan? next;
            lock (gate)
                next = timers.Count == 0 ? null : timers.Min(timer => timer.Due) - now;
            if (next is { } wait)
            {
                Advance(wait);
                return wait;
            }

            await added.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
            now += by;
        while (true)
        {
            ManualTimer? due;
            lock (gate)
            {
                due = timers.Where(timer => timer.Due <= now).MinBy(timer => timer.Due);
                if (due is null)
                    return;
                due.Pass();
            }

            due.Fire();
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public TimeSpan Due { get; private set; }

        /// <summary>Goes on to its next time, or out.</summary>
        public void Pass()
        {
            if (period > TimeSpan.Zero)
                Due += period;
            else
                time.timers.Remove(this);
        }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                this.period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time.now + dueTime;
                time.timers.Add(this);
            }

            time.added.Writer.TryWrite(true);
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
