using System;
using System.IO;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace Fleet;

/// <summary>Ranks with whatever model was trained last.</summary>
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class RankAgent : BaseAgent
{
    [LazyDependency(nameof(LoadModel), Warmup = LazyWarmup.AfterReady)]
    private partial torch.jit.ScriptModule Model { get; }

    private static torch.jit.ScriptModule LoadModel() => torch.jit.load(File.ReadAllText("data/newest.txt").Trim()).cuda();

    public RankAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        RunPeriodically("rank", TimeSpan.FromSeconds(1), RankAsync);
        return ValueTask.CompletedTask;
    }

    private Task RankAsync(CancellationToken token)
    {
        using var input = torch.zeros(new long[] { 16 });
        using var output = (torch.Tensor)Model.call(input);
        LogRank(output.item<float>());
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "rank {Item}")]
    private partial void LogRank(float item);
}
