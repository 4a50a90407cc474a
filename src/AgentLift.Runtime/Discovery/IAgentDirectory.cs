namespace AgentLift.Runtime;

/// <summary>Knows where agents can be reached. Agents of the host enter themselves; clients look others up.</summary>
public interface IAgentDirectory
{
    /// <summary>Enters an instance. It stays for as long as it is renewed, and disappears by itself within the lease where its process dies.</summary>
    /// <param name="instance">The instance and where it listens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entry, to be renewed and in the end disposed of.</returns>
    /// <exception cref="AgentDirectoryException">The directory cannot be reached or is read-only and does not hold the instance.</exception>
    ValueTask<IDirectoryEntry> RegisterAsync(AgentInstance instance, CancellationToken cancellationToken);

    /// <summary>Finds the instances of an agent, healthy or not. The first look-up of an agent may ask a server; later ones are answered from memory, which watches keep up to date.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The instances known; empty where there is none. Where the server has become unreachable: those known last.</returns>
    /// <exception cref="AgentDirectoryException">The server cannot be reached, and nothing is known of the agent from before.</exception>
    ValueTask<IReadOnlyList<AgentInstance>> FindAsync(string agent, CancellationToken cancellationToken);
}
