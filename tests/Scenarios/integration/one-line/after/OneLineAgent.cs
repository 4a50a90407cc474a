using System; using System.Threading; using AgentLift.Runtime; using Microsoft.Extensions.Logging; [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class OneLineAgent : BaseAgent { 
    public OneLineAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { RunSupervised("work", LoopAsync); return ValueTask.CompletedTask; } private async Task LoopAsync(CancellationToken token) { while (!token.IsCancellationRequested) { LogRound(); await Task.Delay(100, token); } }

    [LoggerMessage(LogLevel.Information, "round")]
    private partial void LogRound();
}
