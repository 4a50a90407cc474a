using AgentLift.Runtime.Operations;

namespace AgentLift.Runtime;

/// <summary>One piece of work that the agent answers for: it is counted and timed, and a stop waits for it. Dispose it when it has ended.</summary>
public sealed class AgentOperation : IDisposable
{
    private readonly AgentContext agent;
    private readonly OperationGate gate;
    private readonly long? began;
    private Exception? error;
    private int ended;

    internal AgentOperation(string name, AgentContext agent, OperationGate gate)
    {
        Name = name;
        this.agent = agent;
        this.gate = gate;
        if (agent.Metrics.TimesOperations)
            began = agent.Time.GetTimestamp();
        agent.Metrics.OperationBegan(name);
    }

    /// <summary>What is being done.</summary>
    public string Name { get; }

    /// <summary>Records that the operation failed. The last call counts.</summary>
    /// <param name="failure">Why.</param>
    public void Fail(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        error = failure;
    }

    /// <summary>Ends the operation. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
            return;
        agent.Metrics.OperationEnded(Name);
        if (began is { } start)
            agent.Metrics.OperationTook(Name, agent.Time.GetElapsedTime(start), error);
        gate.Leave();
    }
}

/// <summary>The agent drains or has stopped, and takes no new operation. Ask another instance.</summary>
public sealed class AgentDrainingException : InvalidOperationException
{
    /// <summary>States that an agent takes no new operation.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="operation">The operation that was refused.</param>
    public AgentDrainingException(string agent, string operation)
        : base($"Agent {agent} takes no new operation ({operation}): it drains or has stopped.")
    {
    }
}
