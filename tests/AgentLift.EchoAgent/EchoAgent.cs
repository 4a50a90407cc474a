using AgentLift.Runtime;
using Microsoft.Extensions.Logging;

namespace AgentLift.EchoAgent;

/// <summary>Sends back what it is sent, over lines and over messages, and says at its end how much that was.</summary>
/// <param name="context">What the host gives.</param>
[Agent("echo")]
public sealed partial class EchoAgent(AgentContext context) : BaseAgent(context)
{
    private LazyDependency<string>? greeting;
    private long handled;

    /// <inheritdoc/>
    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        greeting = DeclareDependency("greeting", _ => ValueTask.FromResult("echo"));
        ListenLines("lines", async (line, token) => (await EchoAsync(new Echo(line, line.StartsWith("slow ", StringComparison.Ordinal) ? 20 : 0), token)).Text);
        ListenMessages("messages", routes => routes.Answer(EchoContracts.Echo, EchoAsync));
        RunPeriodically("tick", TimeSpan.FromSeconds(1), _ => Task.CompletedTask);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        LogHandled(Interlocked.Read(ref handled));
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Echoed> EchoAsync(Echo echo, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref handled);
        if (echo.Milliseconds > 0)
            await Task.Delay(echo.Milliseconds, cancellationToken);
        return new Echoed($"{await greeting!.GetAsync(cancellationToken)} {echo.Text}", Environment.ProcessId);
    }

    [LoggerMessage(LogLevel.Information, "handled {Count}")]
    private partial void LogHandled(long count);
}
