using System; using System.Threading; using AgentLift.Runtime; using Microsoft.Extensions.Logging; namespace Fleet {
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class PollAgent : BaseAgent { private int polls;
    public PollAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { RunSupervised("work", LoopAsync); return ValueTask.CompletedTask; } 

    protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
    {
        polls++;
        return ValueTask.CompletedTask;
    }

    private async Task LoopAsync(CancellationToken token) { while (!token.IsCancellationRequested) { LogPoll(polls); await Task.Delay(100, token); } } /* end */

    [LoggerMessage(LogLevel.Information, "poll {Polls}")]
    private partial void LogPoll(int polls);
}
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class TickAgent : BaseAgent { readonly int seconds; public TickAgent(AgentContext context, int seconds)
        : base(context) { this.seconds = seconds; } protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { RunSupervised("work", LoopAsync); return ValueTask.CompletedTask; } /* what it does */ async Task LoopAsync(CancellationToken token) { while (!token.IsCancellationRequested) { LogTick(); await Task.Delay(seconds * 1000, token); } }

    [LoggerMessage(LogLevel.Information, "tick")]
    private partial void LogTick();
} }
