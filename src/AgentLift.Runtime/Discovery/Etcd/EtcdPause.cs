namespace AgentLift.Runtime.Discovery;

/// <summary>The pauses between rounds over all nodes: they double from 50 ms to 1 s, less a random half, so that a fleet does not ask in step.</summary>
internal static class EtcdPause
{
    private const int FirstMilliseconds = 50;
    private const int LongestMilliseconds = 1000;
    private const int MostDoublings = 5;

    public static Task AfterAsync(int round, TimeProvider time, CancellationToken cancellationToken)
    {
        var longest = Math.Min(LongestMilliseconds, FirstMilliseconds << Math.Min(round, MostDoublings));
#pragma warning disable CA5394 // Spreads load; it guards nothing.
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(longest / 2, longest + 1)), time, cancellationToken);
#pragma warning restore CA5394
    }
}
