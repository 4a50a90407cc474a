namespace Fleet;

public class QueueAgent(int lanes)
{
    private readonly System.Collections.Concurrent.BlockingCollection<string> _items = new();
    private readonly List<Thread> _lanes = new();
    private readonly object _gate = new();
    private bool _stopping;
    private long _done;

    public void Start()
    {
        for (var i = 0; i < lanes; i++)
        {
            var lane = new Thread(Work) { Name = "lane " + i };
            lane.Start();
            _lanes.Add(lane);
        }

        Tell();
    }

    public void Stop()
    {
        _stopping = true;
        _items.CompleteAdding(); // wakes the lanes
        foreach (var lane in _lanes)
            lane.Join();
        lock (_gate)
            _done = 0;
    }

    public void Add(string item) => _items.Add(item);

    private void Work()
    {
        foreach (var item in _items.GetConsumingEnumerable())
            lock (_gate) _done += item.Length;
    }

    private async void Tell()
    {
        while (!_stopping)
        {
            await Task.Delay(1000);
            Interlocked.Increment(ref _done);
        }
    }

    public void Drain()
    {
        while (_items.Count > 0)
            Thread.Sleep(10);
    }
}
