using AgentLift.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.jit;

namespace Vision;

/// <summary>The models of the agent: one declared here, the others in <c>vision.models.json</c>. Nothing is loaded before its first use.</summary>
[ModelManager("vision.models.json")]
public sealed partial class VisionModels
{
    /// <summary>Tells which of 1,000 things a picture shows.</summary>
    [Model(
        "resnet50",
        Path = "models/resnet50.pt",
        EstimatedBytes = 103_000_000,
        Priority = 8,
        KeepAliveSeconds = 600,
        Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu,
        WarmupMethod = nameof(RunOnce))]
    public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }

    /// <summary>The first run of a script compiles it: better after the load than for the first caller.</summary>
    private static void RunOnce(ScriptModule<Tensor, Tensor> model, ModelLoadRequest request) =>
        model.call(new Picture(new float[Picture.Values]).ToTensor(request.Device, request.Precision));
}
