using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fleet.Vendor;

/// <summary>The weights of one model in native memory. On disk: magic, rows, columns, scale, checksum, deflated bytes.</summary>
public sealed unsafe class WeightFile : IDisposable
{
    private const int Magic = 0x53545746;
    private const int FusionStride = 4;
    private float* _weights;
    private readonly float[] _rowScale;

    private WeightFile(int rows, int columns, float* weights)
    {
        Rows = rows;
        Columns = columns;
        _weights = weights;
        _rowScale = new float[rows];
    }

    ~WeightFile() => Free();

    public int Rows { get; }

    public int Columns { get; }

    public long Bytes => (long)Rows * Columns * sizeof(float);

    public static void Write(string path, int rows, int columns, float scale, ReadOnlySpan<byte> quantised)
    {
        using var file = File.Create(path);
        using (var head = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            head.Write(Magic);
            head.Write(rows);
            head.Write(columns);
            head.Write(scale);
            head.Write(NativeRuntime.Checksum(quantised));
        }

        using var body = new DeflateStream(file, CompressionLevel.Fastest);
        body.Write(quantised);
    }

    public static WeightFile Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(path);
        using var file = File.OpenRead(path);
        int rows, columns;
        float scale;
        uint expected;
        using (var head = new BinaryReader(file, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            if (head.ReadInt32() != Magic)
                throw new InvalidDataException("not a weight file: " + path);
            rows = head.ReadInt32();
            columns = head.ReadInt32();
            scale = head.ReadSingle();
            expected = head.ReadUInt32();
        }

        var quantised = new byte[rows * columns];
        using (var body = new DeflateStream(file, CompressionMode.Decompress))
            body.ReadExactly(quantised);
        if (NativeRuntime.Checksum(quantised) != expected)
            throw new InvalidDataException("damaged weight file: " + path);

        var weights = (float*)NativeMemory.Alloc((nuint)quantised.Length, sizeof(float));
        for (var i = 0; i < quantised.Length; i++)
            weights[i] = (sbyte)quantised[i] * scale;
        var loaded = new WeightFile(rows, columns, weights);
        loaded.Fuse();
        return loaded;
    }

    /// <summary>Output row r is the scaled dot product of row r and the input, repeated over the columns.</summary>
    public float[] Project(ReadOnlySpan<float> input)
    {
        ObjectDisposedException.ThrowIf(_weights == null, this);
        var output = new float[Rows];
        if (input.Length == 0)
            return output;
        for (var r = 0; r < Rows; r++)
        {
            var row = _weights + ((long)r * Columns);
            float sum = 0;
            for (int c = 0, k = 0; c < Columns; c++)
            {
                sum += row[c] * input[k];
                if (++k == input.Length)
                    k = 0;
            }

            output[r] = sum * _rowScale[r];
        }

        return output;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // The expensive part of loading, as in the real thing: how much each row overlaps with the others decides its scale.
    private void Fuse()
    {
        for (var a = 0; a < Rows; a++)
        {
            float self = 1e-6f, shared = 0;
            var rowA = _weights + ((long)a * Columns);
            for (var c = 0; c < Columns; c += FusionStride)
                self += rowA[c] * rowA[c];
            for (var b = 0; b < a; b++)
            {
                var rowB = _weights + ((long)b * Columns);
                float dot = 0;
                for (var c = 0; c < Columns; c += FusionStride)
                    dot += rowA[c] * rowB[c];
                shared += MathF.Abs(dot);
            }

            _rowScale[a] = 1f / MathF.Sqrt((self + (shared / Math.Max(1, a))) * FusionStride);
        }
    }

    private void Free()
    {
        if (_weights == null)
            return;
        NativeMemory.Free(_weights);
        _weights = null;
    }
}
