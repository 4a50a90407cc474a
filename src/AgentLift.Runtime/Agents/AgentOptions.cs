namespace AgentLift.Runtime;

/// <summary>Limits of one agent's life, bound from <c>Agents:NAME</c> and validated at start.</summary>
public sealed class AgentOptions
{
    /// <summary>The section that holds a subsection for each agent.</summary>
    public const string Section = "Agents";

    /// <summary>How long <see cref="BaseAgent.OnStartingAsync"/> and <see cref="BaseAgent.OnStartedAsync"/> may take, each; 1 ms to 1 h, 30 s by default.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long operations under way may go on once the agent drains; 0 to 1 h, 20 s by default.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long loops, and then <see cref="BaseAgent.OnStoppedAsync"/>, may take to end; 1 ms to 1 h, 10 s by default.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a failure of the agent means for its process; <see cref="AgentFailurePolicy.StopProcess"/> by default.</summary>
    public AgentFailurePolicy OnFailure { get; set; } = AgentFailurePolicy.StopProcess;

    /// <summary>The agent's endpoints by name, as given to <c>ListenLines</c> and its like.</summary>
    public IDictionary<string, EndpointOptions> Endpoints { get; } = new Dictionary<string, EndpointOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The limits of questions to other agents, by the other agent's name.</summary>
    public IDictionary<string, AgentClientOptions> Clients { get; } = new Dictionary<string, AgentClientOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the agents of this process that must have started before this one; they stop after it.</summary>
    public IList<string> DependsOn { get; } = [];
}

/// <summary>What a failure of one agent means for its process.</summary>
public enum AgentFailurePolicy
{
    /// <summary>The process stops in order and ends with exit code 1.</summary>
    StopProcess = 0,

    /// <summary>The agent is reported unhealthy; the others go on.</summary>
    Isolate = 1,
}
