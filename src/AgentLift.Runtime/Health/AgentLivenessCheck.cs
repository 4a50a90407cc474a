using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Health;

/// <summary>Liveness of one agent: it has not failed. A process whose agents start, drain or are degraded is alive.</summary>
internal sealed class AgentLivenessCheck(BaseAgent agent) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(agent.State == AgentState.Failed
            ? HealthCheckResult.Unhealthy(agent.Failure?.Message, agent.Failure)
            : HealthCheckResult.Healthy());
}
