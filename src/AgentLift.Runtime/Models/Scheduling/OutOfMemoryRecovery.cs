namespace AgentLift.Runtime.Models;

/// <summary>What to do after a device had no memory for a model although the ledger had room: it is fragmented, it gives back late, or others hold memory.</summary>
internal enum OutOfMemoryRecovery
{
    /// <summary>Models that nobody uses go, as many as give back its bytes; then the load is tried again.</summary>
    Evict = 0,

    /// <summary>Nothing can go now, but memory may come back late: the load is tried again after a pause.</summary>
    Pause = 1,

    /// <summary>Another device that it may lie on is tried.</summary>
    OtherDevice = 2,

    /// <summary>The next fall-back is tried.</summary>
    Fallback = 3,

    /// <summary>Models in use hold the memory: the load is tried again when one of them is idle or gone.</summary>
    WaitForOthers = 4,

    /// <summary>The device cannot hold it.</summary>
    Fail = 5,
}

/// <summary>Decides what to do after a device had no memory.</summary>
internal static class OutOfMemorySteps
{
    /// <summary>Pauses before the first further tries; each doubles the one before.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after memory was given back a device may still not show it.</summary>
    public static readonly TimeSpan LateReclaim = TimeSpan.FromSeconds(5);

    private const int MostPauses = 4;
    private const int MostTries = 12;

    /// <param name="tries">How often it was tried, at least 1.</param>
    /// <param name="canEvict">Whether there are models on the device that nobody uses.</param>
    /// <param name="mayComeBack">Whether memory was given back lately, or is being.</param>
    /// <param name="hasOtherDevice">Whether it may lie on another device that has not refused it.</param>
    /// <param name="hasFallback">Whether a fall-back is left.</param>
    /// <param name="othersHold">Whether other models or loads are on the device.</param>
    public static OutOfMemoryRecovery Next(int tries, bool canEvict, bool mayComeBack, bool hasOtherDevice, bool hasFallback, bool othersHold)
    {
        if (tries < MostTries)
        {
            if (canEvict)
                return OutOfMemoryRecovery.Evict;
            if (tries <= MostPauses && mayComeBack)
                return OutOfMemoryRecovery.Pause;
        }

        if (hasOtherDevice)
            return OutOfMemoryRecovery.OtherDevice;
        if (hasFallback)
            return OutOfMemoryRecovery.Fallback;
        if (tries >= MostTries)
            return OutOfMemoryRecovery.Fail;
        return othersHold ? OutOfMemoryRecovery.WaitForOthers : tries <= MostPauses ? OutOfMemoryRecovery.Pause : OutOfMemoryRecovery.Fail;
    }

    public static TimeSpan PauseAfter(int tries) => FirstPause * Math.Pow(2, Math.Min(tries, MostPauses) - 1);
}
