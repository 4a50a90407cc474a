namespace AgentLift.Core.Measures;

/// <summary>Names of the metrics that a risk matrix may use.</summary>
public static class Metric
{
    /// <summary>Size of the agent's source in all its parts, in units of 1024 bytes.</summary>
    public const string SourceKilobytes = "source-kilobytes";

    /// <summary>Lines of the agent's declarations that hold code.</summary>
    public const string CodeLines = "code-lines";

    /// <summary>0 none, 1 uses a GPU-capable library, 2 picks a device, 3 handles a device or its memory, 4 manages memory over several models.</summary>
    public const string GpuHandling = "gpu-handling";

    /// <summary>0 none, 1 a timer or task, 2 a thread or listener, 3 several with shared state, 4 own scheduler, aborts or locks across threads.</summary>
    public const string ThreadingComplexity = "threading-complexity";

    /// <summary>Number of kinds of store that the agent uses.</summary>
    public const string DatabaseKinds = "database-kinds";

    /// <summary>0 none, 1 some agent depends on it, 2 core function, 3 root of the dependency order, 4 others cannot start without it.</summary>
    public const string RoleCriticality = "role-criticality";

    /// <summary>1 where the agent does not derive from BaseAgent.</summary>
    public const string MissingBaseAgent = "missing-base-agent";

    /// <summary>Number of raw sockets: listeners, clients, message-queue sockets.</summary>
    public const string RawSockets = "raw-sockets";

    /// <summary>Number of threads, timers and unsupervised tasks started by hand.</summary>
    public const string ManualThreads = "manual-threads";

    /// <summary>Number of hand-rolled health checks.</summary>
    public const string HealthChecks = "health-checks";

    /// <summary>Number of places where settings are read by hand.</summary>
    public const string ConfigurationReads = "configuration-reads";

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All { get; } =
    [
        SourceKilobytes, CodeLines, GpuHandling, ThreadingComplexity, DatabaseKinds, RoleCriticality,
        MissingBaseAgent, RawSockets, ManualThreads, HealthChecks, ConfigurationReads,
    ];
}
