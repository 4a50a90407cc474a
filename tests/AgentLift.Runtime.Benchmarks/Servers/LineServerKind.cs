namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>Ways to send lines back that are compared with each other.</summary>
internal enum LineServerKind
{
    /// <summary>An agent that listens for lines.</summary>
    Agent,

    /// <summary>The same, and its metrics are collected.</summary>
    WatchedAgent,

    /// <summary>Kestrel with a connection handler and nothing around it.</summary>
    Kestrel,

    /// <summary>Sockets that wait without a buffer: the least that a connection costs without a thread.</summary>
    Socket,

    /// <summary>A listener that gives each client a thread, as the agents do that are migrated.</summary>
    Thread,
}
