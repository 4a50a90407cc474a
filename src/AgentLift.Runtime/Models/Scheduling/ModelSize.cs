namespace AgentLift.Runtime.Models;

/// <summary>What a model takes on its device, in bytes: measured in the precision where it was loaded in it, else estimated.</summary>
internal sealed class ModelSize(long? estimate, string? file)
{
    private readonly Dictionary<ModelPrecision, long> measured = [];

    /// <summary>The bytes in a precision; <see langword="null"/> where nothing is known, because there is neither an estimate nor a file.</summary>
    public long? In(ModelPrecision precision)
    {
        if (measured.TryGetValue(precision, out var known))
            return known;
        if (precision == ModelPrecision.AsStored)
            return estimate ?? LengthOfFile();

        // What is stored is mostly 32-bit weights, of which 16 bits stay.
        return In(ModelPrecision.AsStored) is { } stored ? (stored + 1) / 2 : null;
    }

    public void Measured(ModelPrecision precision, long bytes) => measured[precision] = bytes;

    private long? LengthOfFile()
    {
        if (file is null)
            return null;
        var info = new FileInfo(file);
        return info.Exists ? info.Length : null;
    }
}
