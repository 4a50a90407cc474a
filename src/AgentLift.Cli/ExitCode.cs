namespace AgentLift.Cli;

/// <summary>How the tool ends. Where several apply, the highest below 70 is returned.</summary>
internal enum ExitCode
{
    /// <summary>All was read, and no gate failed.</summary>
    Success = 0,

    /// <summary>All was read, and the gate of <c>--fail-on</c> or <c>--fail-below</c> failed, or two forms of an agent do not behave the same.</summary>
    GateFailed = 1,

    /// <summary>Bad usage, or a file, folder or setting that cannot be used; the rest was assessed.</summary>
    BadInput = 2,

    /// <summary>The target, or a project of it, does not load or restore; the rest was assessed.</summary>
    TargetNotLoaded = 3,

    /// <summary>An agent was put back because what was written of it did not stand up to verification, or the run stopped since too few succeeded.</summary>
    PutBack = 4,

    /// <summary>A file could not be written, was changed by someone else since, or another process works on the solution; nothing was lost.</summary>
    TreeRefused = 5,

    /// <summary>A defect of the tool.</summary>
    InternalError = 70,

    /// <summary>Stopped with Ctrl+C or a signal.</summary>
    Cancelled = 130,
}
