using System;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace Fleet;

/// <summary>Listens, and says what it has heard.</summary>
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class SpeechAgent : BaseAgent
{
    // AGENTLIFT AGL6001: held while the agent runs; acquire it for each use where others need its room.
    private ModelLease<torch.jit.ScriptModule> Asr { get; set; }
    private readonly SpeechModels models;

    public SpeechAgent(AgentContext context, SpeechModels models)
        : base(context)
    {
        this.models = models;
    }

    protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        Asr = await models.AsrBase.AcquireAsync(cancellationToken);
        RunPeriodically("listen", TimeSpan.FromMilliseconds(100), ListenAsync);
    }

    private Task ListenAsync(CancellationToken token)
    {
        using (torch.NewDisposeScope())
        {
            Hear(torch.zeros(new long[] { 16000 }));
        }
        return Task.CompletedTask;
    }

    private void Hear(torch.Tensor samples)
    {
        using var heard = (torch.Tensor)Asr.Model.call(samples);
        LogHeard(heard.item<float>());
    }

    [LoggerMessage(LogLevel.Information, "heard {Item}")]
    private partial void LogHeard(float item);

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        Asr.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Models of <see cref="SpeechAgent"/>.</summary>
[ModelManager]
public sealed partial class SpeechModels
{
    // AGENTLIFT AGL6003: it counts as many bytes as its file has; say otherwise in EstimatedBytes, and what models may take of a device in Models:Devices.
    // AGENTLIFT AGL6001: it lies on any GPU, or on the CPU where there is none; inputs must go to the Device of its lease.
    [Model("asr-base", Path = "data/asr-base.pt")]
    public partial ModelHandle<torch.jit.ScriptModule> AsrBase { get; }
}
