using System;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace Fleet;

/// <summary>Finds faces in frames, on the card.</summary>
[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public partial class DetectAgent : BaseAgent
{
    private readonly DetectModels models;

    // the big one, for faces only
    // AGENTLIFT AGL6001: held while the agent runs; acquire it for each use where others need its room.
    private ModelLease<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> Embed { get; set; }

    [LazyDependency(nameof(LoadDevice), Warmup = LazyWarmup.AfterReady)]
    private partial torch.Device Device { get; }

    private static torch.Device LoadDevice() => torch.CUDA;

    public DetectAgent(AgentContext context, DetectModels models)
        : base(context)
    {
        this.models = models;
    }

    protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        Embed = await models.FaceEmbed.AcquireAsync(cancellationToken);
        RunPeriodically("detect", TimeSpan.FromMilliseconds(40), DetectAsync);
    }

    private async Task DetectAsync(CancellationToken token)
    {
        using var faceDetectLease = await models.FaceDetect.AcquireAsync(token);
        using (torch.NewDisposeScope())
        {
            var frame = torch.zeros(new long[] { 3, 640, 640 }).to(Device);
            var faces = faceDetectLease.Model.call(frame);
            if (faces.item<float>() > 0)
                Remember(faces);
        }
    }

    private void Remember(torch.Tensor faces)
    {
        using var vector = Embed.Model.call(faces);
        LogSeen(vector.item<float>());
    }

    [LoggerMessage(LogLevel.Information, "seen {Item}")]
    private partial void LogSeen(float item);

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        Embed.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Models of <see cref="DetectAgent"/>.</summary>
[ModelManager]
public sealed partial class DetectModels
{
    // AGENTLIFT AGL6003: it counts as many bytes as its file has; say otherwise in EstimatedBytes, and what models may take of a device in Models:Devices.
    [Model("face-detect", Path = "data/face-detect.pt", Devices = new[] { "cuda:0" })]
    public partial ModelHandle<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> FaceDetect { get; }

    // AGENTLIFT AGL6003: it counts as many bytes as its file has; say otherwise in EstimatedBytes, and what models may take of a device in Models:Devices.
    [Model("face-embed", Path = "data/face-embed.pt", Devices = new[] { "cuda:0" })]
    public partial ModelHandle<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> FaceEmbed { get; }
}
