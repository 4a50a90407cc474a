using AgentLift.EchoAgent;

namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>The agent that asks, with the limits that it has by default.</summary>
[Agent("asker")]
internal sealed class AskerAgent(AgentContext context) : BaseAgent(context)
{
    public const string Asked = "echo";
    private AgentClient? echo;

    public ValueTask<Echoed> AskAsync() => echo!.AskAsync(EchoContracts.Echo, new Echo("are you there?"));

    /// <summary>The instances that it may ask now.</summary>
    public async Task<string[]> InstancesAsync() => [.. (await Context.Directory.FindAsync(Asked, CancellationToken.None)).Select(instance => instance.Id)];

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        echo = ConnectTo(Asked, "messages");
        return ValueTask.CompletedTask;
    }
}
