namespace AgentLift.Runtime;

/// <summary>A directory of agents cannot answer.</summary>
public sealed class AgentDirectoryException : Exception
{
    /// <summary>States why a directory cannot answer.</summary>
    /// <param name="message">What was asked, of whom, and what to do.</param>
    /// <param name="inner">The cause, if an exception was.</param>
    public AgentDirectoryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
