using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Discovery;

/// <summary>An entry in memory. It needs no lease: when its process dies, so does the memory. Renewal only tells of the health.</summary>
/// <param name="instance">What is entered.</param>
/// <param name="put">Enters it, or replaces it.</param>
/// <param name="remove">Takes it out.</param>
internal sealed class LocalEntry(AgentInstance instance, Action<AgentInstance> put, Action<AgentInstance> remove) : IDirectoryEntry
{
    private readonly Lock gate = new();
    private AgentInstance? entered = instance;

    public TimeSpan RenewalPeriod { get; } = TimeSpan.FromSeconds(1);

    public ValueTask RenewAsync(HealthStatus health, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (entered is not null && entered.Health != health)
                put(entered = entered with { Health = health });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (entered is not null)
                remove(entered);
            entered = null;
        }

        return ValueTask.CompletedTask;
    }
}
