using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>Tests that share the devices of the stand-in, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Devices
{
    public const string Name = "devices";
}

/// <summary>Drives the generated loaders against the stand-in for TorchSharp, whose devices start empty for each test.</summary>
[Collection(Devices.Name)]
public abstract class LoaderTest : IDisposable
{
    /// <summary>A model of three weights: 8,000 bytes as stored, 4,000 in half precision, and a buffer of 80 or 20.</summary>
    protected const long StoredBytes = 8_080;

    protected const long HalfBytes = 4_020;

    private readonly string folder = Directory.CreateTempSubdirectory("agentlift-models-").FullName;

    protected LoaderTest() => FakeTorch.Reset();

    protected static IModelLoader<torch.jit.ScriptModule<torch.Tensor, torch.Tensor>> Script { get; } = TorchSharpLoaders.Script<torch.Tensor, torch.Tensor>();

    public void Dispose()
    {
        // A module that is moved without room would have ended the process.
        var faults = DeviceMemory.FatalFaults.ToList();
        FakeTorch.Reset();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
        faults.ShouldBeEmpty();
    }

    /// <summary>A file of that model.</summary>
    protected string ScriptFile(string name = "net") => ModelFile.Write(
        PathOf($"{name}.pt"),
        ("l1.weight", torch.ScalarType.Float32, 1_000),
        ("l1.bias", torch.ScalarType.Float32, 500),
        ("l2.weight", torch.ScalarType.Float32, 500),
        ("buffer.steps", torch.ScalarType.Int64, 10));

    /// <summary>A file of weights for <see cref="Detector"/>.</summary>
    protected string WeightsFile(long elements = 1_000) => ModelFile.Write(PathOf("detector.dat"), ("weight", torch.ScalarType.Float32, elements));

    protected string PathOf(string file) => Path.Combine(folder, file);

    protected static ModelLoadRequest Request(string? path, string device = "cuda:0", ModelPrecision precision = ModelPrecision.AsStored) =>
        new("vision", "net", path, ModelDevice.TryParse(device, out var known) ? known : throw new ArgumentException(device), precision, StoredBytes);
}
