using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Hosting;

/// <summary>The one place where the failure of an agent becomes a log entry and, unless it is isolated, the end of the process.</summary>
/// <param name="logger">Where it is told.</param>
/// <param name="lifetime">Stops the process; <see langword="null"/> without a host.</param>
internal sealed class AgentFailures(ILogger<AgentFailures> logger, IHostApplicationLifetime? lifetime)
{
    private const int FailureExitCode = 1;

    /// <summary>Whether the process is to end, because something failed or an agent asked for it; nothing more is to be started.</summary>
    public bool EndsProcess { get; private set; }

    /// <summary>Tells of a failure and stops the process where the agent's policy says so.</summary>
    public void Report(AgentOptions options, AgentFailedException failure)
    {
        if (options.OnFailure == AgentFailurePolicy.Isolate)
        {
            AgentLog.Isolated(logger, failure, failure.Agent, failure.Phase);
            return;
        }

        AgentLog.Failed(logger, failure, failure.Agent, failure.Phase);
        EndProcess();
    }

    /// <summary>Stops the process in order, with an exit code that says that it failed.</summary>
    public void EndProcess() => EndProcess(FailureExitCode);

    /// <summary>Stops the process in order.</summary>
    public void EndProcess(int exitCode)
    {
        if (lifetime is null)
            return;
        EndsProcess = true;
        Environment.ExitCode = exitCode;
        lifetime.StopApplication();
    }
}
