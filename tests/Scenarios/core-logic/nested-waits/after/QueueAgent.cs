using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class QueueAgent(AgentContext context, int lanes) : BaseAgent(context)
{
    private readonly System.Collections.Concurrent.BlockingCollection<string> _items = new();
    private readonly object _gate = new();
    private long _done;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < lanes; i++)
        {
            RunOnThread("work", Work);
        }

        RunPeriodically("tell", TimeSpan.FromSeconds(1), TellAsync, firstAfter: TimeSpan.FromSeconds(1));
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        // wakes the lanes
        lock (_gate)
            _done = 0;
        return ValueTask.CompletedTask;
    }

    public void Add(string item) => _items.Add(item);

    private void Work(CancellationToken token)
    {
        using var waking = token.Register(_items.CompleteAdding);
        foreach (var item in _items.GetConsumingEnumerable())
            lock (_gate) _done += item.Length;
    }

    private Task TellAsync(CancellationToken token)
    {
        Interlocked.Increment(ref _done);
        return Task.CompletedTask;
    }

    public void Drain()
    {
        while (_items.Count > 0)
            Thread.Sleep(10);
    }
}
