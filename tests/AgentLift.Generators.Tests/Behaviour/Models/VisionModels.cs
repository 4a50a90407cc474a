using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.jit;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>A manager with models of every kind, written as a user writes it. What it brings along are the loaders, which the tests drive.</summary>
[ModelManager("vision.models.json")]
internal sealed partial class VisionModels
{
    [Model("resnet50", Path = "resnet50.pt", EstimatedBytes = 110_000_000, Priority = 8, KeepAliveSeconds = 300, WarmupMethod = nameof(RunOnce))]
    public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }

    [Model("detector", Path = "detector.dat", Factory = nameof(CreateDetector))]
    public partial ModelHandle<Detector> Detector { get; }

    private static Detector CreateDetector() => new(elements: 1_000);

    private static void RunOnce(ScriptModule<Tensor, Tensor> model) => model.call(torch.empty(1L));
}

/// <summary>A module of one weight.</summary>
internal sealed class Detector : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    public Detector(long elements)
        : base("detector")
    {
        weight = new Parameter(torch.empty(elements));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input + weight;
}
