namespace AgentLift.Runtime.Models;

/// <summary>Why a model leaves its device.</summary>
internal enum ModelEvictionReason
{
    /// <summary>Another one needs its room.</summary>
    Room = 0,

    /// <summary>Nobody has used it for longer than <see cref="ModelDefinition.KeepAlive"/>.</summary>
    Idle = 1,

    /// <summary>Somebody asked for it.</summary>
    Unload = 2,

    /// <summary>A newer version has taken its place.</summary>
    Reload = 3,

    /// <summary>It turned out to be larger than there is room.</summary>
    OverBudget = 4,

    /// <summary>The process stops.</summary>
    Stop = 5,
}
