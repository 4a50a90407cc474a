using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime;

/// <summary>The entry of one instance in a directory. Disposing of it takes the instance out.</summary>
public interface IDirectoryEntry : IAsyncDisposable
{
    /// <summary>How often the entry wants to be renewed; at least three times within its lease.</summary>
    TimeSpan RenewalPeriod { get; }

    /// <summary>Extends the lease and states the instance's health. Enters the instance anew where the lease was lost.</summary>
    /// <param name="health">The health now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AgentDirectoryException">The directory cannot be reached.</exception>
    ValueTask RenewAsync(HealthStatus health, CancellationToken cancellationToken);
}
