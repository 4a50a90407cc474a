namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>Sends lines back.</summary>
[Agent(AgentName)]
internal sealed class LineAgent(AgentContext context) : BaseAgent(context)
{
    public const string AgentName = "echo";
    public const string EndpointName = "lines";

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        ListenLines(EndpointName, static (line, _) => ValueTask.FromResult<string?>(line));
        return ValueTask.CompletedTask;
    }
}
