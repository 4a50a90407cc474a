namespace AgentLift.Runtime.Models;

/// <summary>How far devices were when they had no memory for a model: it is tried again once one of them has changed.</summary>
/// <param name="ledgers">The devices.</param>
/// <param name="until">Time stamp from which it is tried again in any case.</param>
internal sealed class LedgerMark(IReadOnlyList<DeviceLedger> ledgers, long until = long.MaxValue)
{
    private readonly long epochs = EpochsOf(ledgers);

    public bool IsPast(long now) => now >= until || EpochsOf(ledgers) != epochs;

    public bool Concerns(DeviceLedger ledger) => ledgers.Contains(ledger);

    // None of them ever goes back, so that the sum changes with each.
    private static long EpochsOf(IReadOnlyList<DeviceLedger> ledgers)
    {
        var sum = 0L;
        for (var i = 0; i < ledgers.Count; i++)
            sum += ledgers[i].Epoch;
        return sum;
    }
}
