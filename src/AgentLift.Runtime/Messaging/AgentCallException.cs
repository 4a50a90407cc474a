namespace AgentLift.Runtime;

/// <summary>A question to another agent got no answer.</summary>
public sealed class AgentCallException : Exception
{
    /// <summary>States why a question got no answer.</summary>
    /// <param name="agent">The agent that was asked.</param>
    /// <param name="operation">What it was asked.</param>
    /// <param name="failure">Why there is no answer.</param>
    /// <param name="message">What happened, for a person.</param>
    /// <param name="inner">The cause, if an exception was.</param>
    public AgentCallException(string agent, string operation, AgentCallFailure failure, string message, Exception? inner = null)
        : base($"Agent {agent} did not answer {operation}: {message}", inner)
    {
        Agent = agent;
        Operation = operation;
        Failure = failure;
    }

    /// <summary>The agent that was asked.</summary>
    public string Agent { get; }

    /// <summary>What it was asked.</summary>
    public string Operation { get; }

    /// <summary>Why there is no answer.</summary>
    public AgentCallFailure Failure { get; }
}

/// <summary>Why a question to another agent got no answer.</summary>
public enum AgentCallFailure
{
    /// <summary>The directory knows no instance of the agent, or none with such an endpoint.</summary>
    NotFound = 0,

    /// <summary>No connection could be made: the question was not sent.</summary>
    Unreachable = 1,

    /// <summary>The agent drains: the question was not looked at.</summary>
    Draining = 2,

    /// <summary>The circuit of every instance is open after failures in a row: the question was not sent.</summary>
    CircuitOpen = 3,

    /// <summary>Too many questions are under way already: the question was not sent.</summary>
    Busy = 4,

    /// <summary>The connection broke after the question was sent: it may have been answered.</summary>
    Broken = 5,

    /// <summary>No answer came in time: the question may have been answered.</summary>
    TimedOut = 6,

    /// <summary>The agent answered that its handler failed.</summary>
    Failed = 7,

    /// <summary>The two sides do not agree on the question, the answer, or its length.</summary>
    Disagreement = 8,
}
