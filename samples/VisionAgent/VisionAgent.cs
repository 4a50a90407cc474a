using AgentLift.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.jit;

namespace Vision;

/// <summary>Answers lines: <c>resnet50 FILE</c> or <c>mobilenet FILE</c> with the number of what the picture shows.</summary>
[Agent("vision")]
public sealed class VisionAgent(AgentContext context, VisionModels models) : BaseAgent(context)
{
    /// <inheritdoc/>
    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        ListenLines("requests", AnswerAsync);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<string?> AnswerAsync(string line, CancellationToken cancellationToken) => line.Split(' ', 2) switch
    {
        ["resnet50", var file] => await ClassifyAsync(models.ResNet50, file, cancellationToken),
        ["mobilenet", var file] => await ClassifyAsync(models.Mobilenet, file, cancellationToken),
        _ => "bad request",
    };

    private static async Task<string> ClassifyAsync(ModelHandle<ScriptModule<Tensor, Tensor>> handle, string file, CancellationToken cancellationToken)
    {
        try
        {
            var picture = await Picture.ReadAsync(file, cancellationToken);
            using var lease = await handle.AcquireAsync(cancellationToken);

            // All tensors are made and disposed of within the run, on one thread: it awaits nothing.
            var (device, precision) = (lease.Device, lease.Precision);
            return $"class {lease.Run(model => model.call(picture.ToTensor(device, precision)).argmax().item<long>())}";
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or ModelLoadException)
        {
            return $"failed: {failure.Message}";
        }
    }
}
