using AgentLift.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class QuoteAgent : BaseAgent
{
    private DateTime _lastQuote;

    public QuoteAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        new Thread(Quote).Start();
        return ValueTask.CompletedTask;
    }

    // asked by the old monitor too
    public bool CheckHealth() => DateTime.UtcNow - _lastQuote < TimeSpan.FromMinutes(1);

    private void Quote()
    {
        while (true)
        {
            _lastQuote = DateTime.UtcNow;
            Thread.Sleep(1000);
        }
    }

    protected override ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(CheckHealth()
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("CheckHealth says no."));
}
