namespace AgentLift.Cli.Terminal;

/// <summary>How much is said on standard error besides errors.</summary>
internal enum Verbosity
{
    /// <summary>Nothing.</summary>
    Quiet = 0,

    /// <summary>How it ended: the gate, the files written.</summary>
    Minimal = 1,

    /// <summary>And what is being done.</summary>
    Normal = 2,

    /// <summary>And what restoring and loading say.</summary>
    Detailed = 3,
}
