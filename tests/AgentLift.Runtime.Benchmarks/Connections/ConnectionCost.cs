namespace AgentLift.Runtime.Benchmarks.Connections;

/// <summary>What one connection costs in bytes, and all of them in threads and handles.</summary>
internal sealed record ConnectionCost(double Resident, double PrivateDirty, double Heap, double Kernel, double Virtual, int Threads, int Handles)
{
    /// <summary>What it takes from the machine.</summary>
    public double Memory => PrivateDirty + Kernel;
}
