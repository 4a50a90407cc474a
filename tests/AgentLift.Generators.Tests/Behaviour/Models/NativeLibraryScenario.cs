using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.StandIn;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>What <see cref="NativeLibraryTests"/> run where nothing has touched TorchSharp.</summary>
internal static class NativeLibraryScenario
{
    public static string MakeLoaders()
    {
        // What VisionModels.DeclareModels makes.
        _ = TorchSharpLoaders.Script<torch.Tensor, torch.Tensor>();
        _ = TorchSharpLoaders.Script<torch.Tensor, (torch.Tensor, torch.Tensor)>();
        _ = TorchSharpLoaders.Module(static () => new Detector(1_000));
        return LibTorch.IsLoaded.ToString();
    }

    public static string Load()
    {
        var path = ModelFile.Write(Path.GetTempFileName(), ("weight", torch.ScalarType.Float32, 10));
        _ = TorchSharpLoaders.Script().LoadAsync(Request(path, ModelDevice.Cpu), default).AsTask().GetAwaiter().GetResult();
        File.Delete(path);
        return LibTorch.IsLoaded.ToString();
    }

    public static string LoadWithoutLibrary(string device)
    {
        LibTorch.IsMissing = true;
        _ = ModelDevice.TryParse(device, out var known);
        var path = ModelFile.Write(Path.GetTempFileName(), ("weight", torch.ScalarType.Float32, 10));
        var loader = TorchSharpLoaders.Script();
        var failures = string.Join(", ", KindOfLoad(loader, Request(path, known)), KindOfLoad(loader, Request(path, known)));
        File.Delete(path);
        return failures;
    }

    public static string MakeModuleWithoutLibrary()
    {
        LibTorch.IsMissing = true;
        return KindOfLoad(TorchSharpLoaders.Module(static () => new Detector(1_000)), Request(null, ModelDevice.Cpu)).ToString();
    }

    private static ModelFailureKind KindOfLoad<T>(IModelLoader<T> loader, ModelLoadRequest request)
        where T : class
    {
        try
        {
            loader.LoadAsync(request, default).AsTask().GetAwaiter().GetResult();
            return ModelFailureKind.Other;
        }
        catch (Exception failure) when (failure is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            return loader.Classify(failure);
        }
    }

    private static ModelLoadRequest Request(string? path, ModelDevice device) => new("vision", "net", path, device, ModelPrecision.AsStored, 40);
}
