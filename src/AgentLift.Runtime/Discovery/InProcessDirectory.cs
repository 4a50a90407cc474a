namespace AgentLift.Runtime.Discovery;

/// <summary>The agents of this process.</summary>
internal sealed class InProcessDirectory : IAgentDirectory
{
    private readonly InstanceTable table = new();

    public ValueTask<IDirectoryEntry> RegisterAsync(AgentInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        table.Put(instance);
        return ValueTask.FromResult<IDirectoryEntry>(new LocalEntry(instance, table.Put, gone => table.Remove(gone.Agent, gone.Id)));
    }

    public ValueTask<IReadOnlyList<AgentInstance>> FindAsync(string agent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return ValueTask.FromResult(table.TryFind(agent, out var instances) ? instances : []);
    }
}
