namespace TorchSharp.StandIn;

/// <summary>The versions whose behaviour differs.</summary>
public enum TorchVersion
{
    V0_99,
    V0_107,
}

/// <summary>How the stand-in behaves, for the whole process.</summary>
public static class FakeTorch
{
#if TORCHSHARP_0_99
    private const TorchVersion Built = TorchVersion.V0_99;
#else
    private const TorchVersion Built = TorchVersion.V0_107;
#endif

    /// <summary>The version whose behaviour is shown; that of the surface by default.</summary>
    public static TorchVersion Version { get; set; } = Built;

    /// <summary>What an operator of a script throws next, as native code tells it; <see langword="null"/> for nothing.</summary>
    public static string? NextCallFails { get; set; }

    /// <summary>What happens, once, when a module begins to move; <see langword="null"/> for nothing.</summary>
    public static Action? NextMove { get; set; }

    /// <summary>Moves and factories, in their order.</summary>
    public static List<string> Journal { get; } = [];

    /// <summary>Whether gradients were recorded in the last call of a module.</summary>
    public static bool LastCallRecordedGradients { get; internal set; }

    /// <summary>The dispose scopes that were open on the thread of the last load.</summary>
    public static int ScopesAtLastLoad { get; internal set; }

    /// <summary>Starts anew, with one GPU and no limits.</summary>
    public static void Reset()
    {
        Version = Built;
        NextCallFails = null;
        NextMove = null;
        Journal.Clear();
        DeviceMemory.Reset();
    }
}
