using System.Runtime.ExceptionServices;

namespace AgentLift.Runtime;

/// <summary>Starts and stops agents for callers from before the migration, which call <c>Start</c> and <c>Stop</c> and cannot await.</summary>
public static class LegacyCallers
{
    /// <summary>Starts an agent and waits until it runs.</summary>
    /// <param name="agent">The agent.</param>
    /// <exception cref="AgentFailedException">The start took too long. What the agent itself threw is thrown as it is, as callers knew it.</exception>
    public static void Start(this BaseAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        try
        {
            Task.Run(() => agent.StartAsync(CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (AgentFailedException failure) when (failure.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    /// <summary>Drains and stops an agent and waits until it has stopped.</summary>
    /// <param name="agent">The agent.</param>
    public static void Stop(this BaseAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Task.Run(() => agent.StopAsync(CancellationToken.None)).GetAwaiter().GetResult();
    }
}
