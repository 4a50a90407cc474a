namespace AgentLift.Runtime.Models;

/// <summary>What a model takes on its device, in bytes: measured in the precision where it was loaded in it, else estimated. Read from any thread.</summary>
internal sealed class ModelSize(long? estimate, string? file)
{
    private const long Unknown = -1;

    private readonly long[] measured = [.. Enum.GetValues<ModelPrecision>().Select(_ => Unknown)];
    private long lengthOfFile = Unknown;

    /// <summary>The bytes in a precision; <see langword="null"/> where nothing is known, because there is neither an estimate nor was there a file.</summary>
    public long? In(ModelPrecision precision)
    {
        if (Known(ref measured[(int)precision]) is { } known)
            return known;
        if (precision == ModelPrecision.AsStored)
            return estimate ?? Known(ref lengthOfFile);

        // What is stored is mostly 32-bit weights, of which 16 bits stay.
        return In(ModelPrecision.AsStored) is { } stored ? (stored + 1) / 2 : null;
    }

    public void Measured(ModelPrecision precision, long bytes) => Volatile.Write(ref measured[(int)precision], bytes);

    /// <summary>Reads the length of the file, where nothing better is known. A disk may be slow: not to be called under the scheduler's lock.</summary>
    public void LookAtFile()
    {
        if (file is null || estimate is not null || Known(ref measured[(int)ModelPrecision.AsStored]) is not null)
            return;
        var info = new FileInfo(file);
        Volatile.Write(ref lengthOfFile, info.Exists ? info.Length : Unknown);
    }

    private static long? Known(ref long bytes) => Volatile.Read(ref bytes) is >= 0 and var known ? known : null;
}
