namespace AgentLift.Runtime;

/// <summary>A phase of an agent's life failed or took too long.</summary>
public sealed class AgentFailedException : Exception
{
    /// <summary>States a failure.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="phase">The phase, such as <c>start</c>, <c>drain</c> or <c>loop review</c>.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">The cause, if an exception was.</param>
    public AgentFailedException(string agent, string phase, string message, Exception? inner = null)
        : base($"Agent {agent} failed in {phase}: {message}", inner)
    {
        Agent = agent;
        Phase = phase;
    }

    /// <summary>The agent's name.</summary>
    public string Agent { get; }

    /// <summary>The phase that failed.</summary>
    public string Phase { get; }
}
