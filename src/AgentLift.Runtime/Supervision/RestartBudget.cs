namespace AgentLift.Runtime.Supervision;

/// <summary>Counts restarts within a sliding window.</summary>
internal sealed class RestartBudget(RestartPolicy policy, TimeProvider time)
{
    private readonly Queue<long> taken = new();

    /// <summary>Takes one restart, if one is left.</summary>
    public bool TryTake()
    {
        while (taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > policy.Window)
            taken.Dequeue();
        if (taken.Count >= policy.MaxRestarts)
            return false;
        taken.Enqueue(time.GetTimestamp());
        return true;
    }
}
