namespace AgentLift.Runtime.Models;

/// <summary>
/// What a lease refers to. Tickets are used again; the version tells the lease that has one now from those that had it before, so that disposing of a lease twice
/// does not end another's.
/// </summary>
internal sealed class LeaseTicket(ResidentModel resident)
{
    private volatile int version;

    public int Version => version;

    /// <summary>The next free ticket of the same model.</summary>
    public LeaseTicket? Next { get; set; }

    /// <summary>The model, for the lease of a version; <see langword="null"/> where that lease has ended.</summary>
    public ResidentModel? Holding(int lease) => version == lease ? resident : null;

    public void End(int lease) => resident.Slot.Scheduler.EndLease(this, resident, lease);

    /// <summary>Ends the lease of a version; called under the scheduler's lock.</summary>
    /// <returns>Whether it had not ended yet.</returns>
    public bool TryEnd(int lease)
    {
        if (version != lease)
            return false;
        version = lease + 1;
        return true;
    }
}
