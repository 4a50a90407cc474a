using AgentLift.Runtime;
using Microsoft.Extensions.Logging;

namespace Fleet;

/// <summary>Follows a file.</summary>
[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
internal partial class TailAgent(AgentContext context, string file, int milliseconds = 100) : BaseAgent(context)
{
    private volatile bool _running = true;

    /// <summary>Returns when somebody has called <see cref="Stop"/>.</summary>
    public void Run()
    {
        LogFollowing(file);
        while (_running)
        {
            foreach (var line in File.ReadLines(file))
                LogLine(line);
            Thread.Sleep(milliseconds);
        }
    }

    public void Stop() => _running = false;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        RunOnThread("run", _ => Run(), RestartPolicy.Never);
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "following {File}")]
    private partial void LogFollowing(string file);

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private partial void LogLine(string line);
}
