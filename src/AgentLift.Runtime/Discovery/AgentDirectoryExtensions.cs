using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime;

/// <summary>Look-ups for those who speak a protocol of their own and need no more than an address. To ask another agent, <c>ConnectTo</c> of <see cref="BaseAgent"/> does the look-up too.</summary>
public static class AgentDirectoryExtensions
{
    /// <summary>
    /// Finds where an agent can be asked now. Of several instances a healthy one comes before a degraded one, then the first by its id, so that who asks again
    /// comes to the same one while it lives; unhealthy ones are passed over.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="agent">The agent's name.</param>
    /// <param name="endpoint">Its endpoint; where <see langword="null"/> its only one, and an instance with several is passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// <c>HOST:PORT</c>, which <see cref="AgentAddress.Parse"/> reads. <see langword="null"/> where no such instance has entered itself, and where the directory
    /// cannot be reached and knows nothing of the agent from before: whoever has another address may use that then. The agent that asks tells of a directory out of
    /// reach by its health.
    /// </returns>
    public static async ValueTask<string?> FindAddressAsync(this IAgentDirectory directory, string agent, string? endpoint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(agent);

        // Nobody can enter itself under it, and who asks for whom a line names gets blank ones, too.
        if (string.IsNullOrWhiteSpace(agent))
            return null;
        try
        {
            var instances = await directory.FindAsync(agent, cancellationToken).ConfigureAwait(false);
            return instances.Where(instance => instance.Health != HealthStatus.Unhealthy)
                .OrderByDescending(instance => instance.Health).ThenBy(instance => instance.Id, StringComparer.Ordinal)
                .Select(instance => instance.AddressOf(endpoint)).FirstOrDefault(address => address is not null);
        }
        catch (AgentDirectoryException)
        {
            return null;
        }
    }
}
