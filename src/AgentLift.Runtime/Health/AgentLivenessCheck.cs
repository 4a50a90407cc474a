using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Health;

/// <summary>Liveness of one agent: it has not failed. A process whose agents start, drain or are degraded is alive.</summary>
internal sealed class AgentLivenessCheck(string name, AgentRoster roster) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(roster.Find(name) is { State: AgentState.Failed } agent
            ? HealthCheckResult.Unhealthy(agent.Failure?.Message, agent.Failure)
            : HealthCheckResult.Healthy());
}
