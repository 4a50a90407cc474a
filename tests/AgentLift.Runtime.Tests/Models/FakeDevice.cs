using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>
/// Device memory that behaves badly: models take other sizes than they say, memory comes back late, is fragmented, and allocations fail now and then.
/// </summary>
internal sealed class FakeDevice(SimulatedTime time, Random random)
{
    public required long Capacity { get; init; }

    /// <summary>The longest time after a release until its memory is there again.</summary>
    public TimeSpan LateReclaim { get; init; }

    /// <summary>Share of the free memory that an allocation may find in pieces too small for it, at most.</summary>
    public double Fragmentation { get; init; }

    /// <summary>Share of allocations that fail although there is memory.</summary>
    public double FailureRate { get; init; }

    public long Used { get; private set; }

    public long Peak { get; private set; }

    public int Refusals { get; private set; }

    /// <summary>Takes memory, or fails as a driver does.</summary>
    public void Allocate(long bytes)
    {
        var usable = (long)((Capacity - Used) * (1 - (Fragmentation * random.NextDouble())));
        if (bytes > usable || random.NextDouble() < FailureRate)
        {
            Refusals++;
            throw new InsufficientMemoryException("CUDA out of memory.");
        }

        Used += bytes;
        Peak = Math.Max(Peak, Used);
    }

    public void Free(long bytes) => time.At(LateReclaim * random.NextDouble(), () => Used -= bytes);
}
