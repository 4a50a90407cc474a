using System;
using System.IO;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace Fleet;

/// <summary>Scores frames on the card.</summary>
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class ScoreAgent : BaseAgent
{
    [LazyDependency(nameof(LoadDevice), Warmup = LazyWarmup.AfterReady)]
    private partial torch.Device Device { get; }

    private static torch.Device LoadDevice() => torch.CPU;

    [LazyDependency(nameof(LoadNet), Warmup = LazyWarmup.AfterReady)]
    private partial torch.jit.ScriptModule Net { get; }

    private static torch.jit.ScriptModule LoadNet() => torch.jit.load("data/score.pt");

    private readonly Random random = new Random(1);
    private torch.Tensor best;
    private int bad;

    public ScoreAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        WarmUp();
        RunSupervised("score", ScoreLoopAsync);
        RunOnThread("watch", WatchLoop);
        RunPeriodically("tick", TimeSpan.FromMilliseconds(500), TickAsync);
        return ValueTask.CompletedTask;
    }

    private void WarmUp()
    {
        // the first call is slow
        for (var i = 0; i < 3; i++)
        {
            using var scope = torch.NewDisposeScope();
            Net.call(torch.zeros(128).to(Device));
        }
    }

    private async Task ScoreLoopAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            // until there is something to do
            await Task.Delay(random.Next(100), token);

            using (torch.NewDisposeScope())
            {
                var input = torch.zeros(512).to(Device);
                var output = (torch.Tensor)Net.call(input);
                if (output.item() < 0)
                    bad++;
                File.WriteAllText("score.txt", @"score
" + output.item());
            }

            await Task.Delay(bad > 10 ? 1000 : 10, token); // not too fast
        }
    }

    private void WatchLoop(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            using var scope = torch.NewDisposeScope();
            LogScore(torch.zeros(1).item());
            token.WaitHandle.WaitOne(random.Next(1000));
        }
    }

    private Task TickAsync(CancellationToken token)
    {
        using (torch.NewDisposeScope())
        {
            LogTick(torch.zeros(1).item());
        }
        return Task.CompletedTask;
    }

    public float Best(float[][] frames)
    {
        foreach (var frame in frames)
        {
            var score = torch.tensor(frame).to(Device);
            if (best == null || score.item() > best.item())
                best = score;
        }

        return best.item();
    }

    public float Sum(float[][] frames)
    {
        var sum = 0f;
        foreach (var frame in frames)
        {
            using var scope = torch.NewDisposeScope();
            sum += torch.tensor(frame).to(Device).item();
        }

        return sum;
    }

    [LoggerMessage(LogLevel.Information, "score {Item}")]
    private partial void LogScore(float item);

    [LoggerMessage(LogLevel.Information, "tick {Item}")]
    private partial void LogTick(float item);
}
