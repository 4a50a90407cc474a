namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>What the agents under load have done since their start.</summary>
internal sealed class SoakCounts
{
    private long requests;
    private long asked;
    private long askedInVain;
    private long loads;
    private long failedLoads;
    private long restarts;

    public long Requests => Interlocked.Read(ref requests);

    public void Request() => Interlocked.Increment(ref requests);

    public void Asked() => Interlocked.Increment(ref asked);

    public void AskedInVain() => Interlocked.Increment(ref askedInVain);

    public void Loaded() => Interlocked.Increment(ref loads);

    public void LoadFailed() => Interlocked.Increment(ref failedLoads);

    public void AgentRestarted() => Interlocked.Increment(ref restarts);

    public override string ToString() =>
        $"{Requests} requests, {Interlocked.Read(ref asked)} questions between agents ({Interlocked.Read(ref askedInVain)} in vain), {Interlocked.Read(ref loads)} loads ({Interlocked.Read(ref failedLoads)} failed), {Interlocked.Read(ref restarts)} agents stopped and replaced";
}
