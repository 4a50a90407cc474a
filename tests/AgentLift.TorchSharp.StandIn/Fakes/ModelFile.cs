using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp.StandIn;

/// <summary>A file that the stand-in loads as a TorchScript archive or as weights: a line a tensor, with its name, type and number of elements.</summary>
public static class ModelFile
{
    private const string Head = "stand-in model";

    /// <summary>Writes a model.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="tensors">Its tensors. A name that begins with <c>buffer</c> is a buffer, any other a parameter.</param>
    /// <returns>The path.</returns>
    public static string Write(string path, params (string Name, torch.ScalarType Type, long Elements)[] tensors)
    {
        File.WriteAllLines(path, tensors.Select(tensor => $"{tensor.Name} {tensor.Type} {tensor.Elements.ToString(CultureInfo.InvariantCulture)}").Prepend(Head));
        return path;
    }

    internal static List<(string Name, torch.ScalarType Type, long Elements)> Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(path);
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Head)
            throw new ExternalException("PytorchStreamReader failed reading zip archive: failed finding central directory");
        return [.. lines.Skip(1).Select(line => line.Split(' ')).Select(parts => (parts[0], Enum.Parse<torch.ScalarType>(parts[1]), long.Parse(parts[2], CultureInfo.InvariantCulture)))];
    }
}
