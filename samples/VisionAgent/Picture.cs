using System.Runtime.InteropServices;
using AgentLift.Generated;
using AgentLift.Runtime;
using TorchSharp;

namespace Vision;

/// <summary>A picture of 224 by 224 points: red, then green, then blue, each normalised as the models expect.</summary>
/// <param name="Points">The values, <see cref="Values"/> of them.</param>
internal readonly record struct Picture(float[] Points)
{
    /// <summary>How many values a picture has.</summary>
    public const int Values = 3 * 224 * 224;

    /// <summary>Reads a file of 32-bit floating point values.</summary>
    /// <exception cref="InvalidDataException">It has another length.</exception>
    public static async Task<Picture> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return bytes.Length == Values * sizeof(float)
            ? new Picture(MemoryMarshal.Cast<byte, float>(bytes).ToArray())
            : throw new InvalidDataException($"{file} has {bytes.Length} bytes; a picture has {Values * sizeof(float)}.");
    }

    /// <summary>The picture where a model lies, in the precision of its weights.</summary>
    public torch.Tensor ToTensor(ModelDevice device, ModelPrecision precision) =>
        torch.tensor(Points, [1, 3, 224, 224], dtype: TorchPrecision.Of(precision), device: TorchDevice.Of(device));
}
