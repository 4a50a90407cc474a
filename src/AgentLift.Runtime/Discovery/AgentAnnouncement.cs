using AgentLift.Runtime.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Discovery;

/// <summary>Enters an agent in the directory while it runs, with its health, and takes it out before it drains, so that nobody asks it any more.</summary>
#pragma warning disable CA1001 // It lives as long as its agent; the source holds no timer and no handle.
internal sealed class AgentAnnouncement(BaseAgent agent, AgentContext context, AgentHealthCheck health)
#pragma warning restore CA1001
{
    /// <summary>A directory out of reach degrades the agent and is tried again for as long as it takes; it must not end the agent.</summary>
    public static RestartPolicy Policy { get; } = RestartPolicy.Default with
    {
        MaxDelay = TimeSpan.FromSeconds(5),
        MaxRestarts = int.MaxValue,
        WhenExhausted = RestartEscalation.Degrade,
    };

    private readonly HealthCheckContext question = new() { Registration = new HealthCheckRegistration(context.Name, health, null, null) };
    private readonly CancellationTokenSource withdrawn = new();
    private Task run = Task.CompletedTask;

    /// <summary>One run of the loop that keeps the entry.</summary>
    public Task RunAsync(CancellationToken stop) => run = AnnounceAsync(stop);

    /// <summary>Takes the agent out.</summary>
    public async Task WithdrawAsync()
    {
        await withdrawn.CancelAsync().ConfigureAwait(false);
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnnounceAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, withdrawn.Token);
        try
        {
            var instance = new AgentInstance
            {
                Agent = context.Name,
                Id = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}",
                Endpoints = agent.Endpoints.ToDictionary(
                    endpoint => endpoint.Name, endpoint => AdvertisedAddress.Of(context.DirectoryOptions, endpoint.Address!), StringComparer.OrdinalIgnoreCase),
                Health = await HealthAsync(over.Token).ConfigureAwait(false),
            };
            await using var entry = await context.Directory.RegisterAsync(instance, over.Token).ConfigureAwait(false);
            while (true)
            {
                await Task.Delay(entry.RenewalPeriod, context.Time, over.Token).ConfigureAwait(false);
                await entry.RenewAsync(await HealthAsync(over.Token).ConfigureAwait(false), over.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Withdrawn: the entry is gone.
        }
    }

    private async Task<HealthStatus> HealthAsync(CancellationToken cancellationToken) =>
        (await health.CheckHealthAsync(question, cancellationToken).ConfigureAwait(false)).Status;
}
