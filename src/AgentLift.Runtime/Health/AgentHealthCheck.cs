using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Health;

/// <summary>Readiness of one agent: its state, its loops, and what it says itself. The worst counts.</summary>
internal sealed class AgentHealthCheck(string name, Func<BaseAgent?> find, ILogger logger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (find() is not { } agent)
            return HealthCheckResult.Unhealthy($"Agent {name} has not been made yet.");
        var data = new Dictionary<string, object> { ["state"] = agent.State.ToString(), ["operations"] = agent.ActiveOperations, ["failures"] = agent.Failures };
        foreach (var loop in agent.Loops)
            data[$"loop {loop.Name}"] = loop.Restarts == 0 ? loop.State.ToString() : $"{loop.State}, restarts {loop.Restarts}";
        foreach (var dependency in agent.Dependencies)
            data[$"dependency {dependency.Name}"] = dependency.State.ToString();
        foreach (var endpoint in agent.Endpoints)
            data[$"endpoint {endpoint.Name}"] = $"{endpoint.Address}, {endpoint.Connections} connections";
        foreach (var socket in agent.OwnSockets)
            data[$"socket {socket}"] = "owned";
        if (agent.State != AgentState.Running)
            return HealthCheckResult.Unhealthy(agent.Failure?.Message ?? $"Agent {agent.Name} is {agent.State}.", agent.Failure, data);

        var own = await OwnWordAsync(agent, context, cancellationToken).ConfigureAwait(false);
        foreach (var (key, value) in own.Data)
            data[key] = value;
        var down = agent.Loops.FirstOrDefault(loop => loop.IsInTrouble);
        return down is null || own.Status == HealthStatus.Unhealthy
            ? new HealthCheckResult(own.Status, own.Description, own.Exception, data)
            : HealthCheckResult.Degraded($"Loop {down.Name} is {down.State}: {down.LastError?.Message ?? "it ended by itself"}", down.LastError, data);
    }

    private async Task<HealthCheckResult> OwnWordAsync(BaseAgent agent, HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await agent.AskHealthAsync(context, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A check that throws says that the agent is not well; the exception goes into the answer and the log.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            agent.CountHealthFailure(error);
            AgentLog.HealthCheckFailed(logger, error, agent.Name);
            return HealthCheckResult.Unhealthy($"The health check of {agent.Name} threw {error.GetType().Name}: {error.Message}", error);
        }
    }
}
