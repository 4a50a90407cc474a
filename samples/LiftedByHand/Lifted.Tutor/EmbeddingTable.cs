using System.Text;
using Fleet.Shared;

namespace Lifted.Tutor;

/// <summary>Word vectors, read whole.</summary>
internal sealed class EmbeddingTable
{
    private readonly Dictionary<string, float[]> vectors;
    private readonly int dimensions;

    private EmbeddingTable(Dictionary<string, float[]> vectors, int dimensions)
    {
        this.vectors = vectors;
        this.dimensions = dimensions;
    }

    public int Count => vectors.Count;

    public static EmbeddingTable Load(string path, CancellationToken cancellationToken)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        var count = reader.ReadInt32();
        var dimensions = reader.ReadInt32();
        var vectors = new Dictionary<string, float[]>(count);
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var word = reader.ReadString();
            var vector = new float[dimensions];
            for (var k = 0; k < dimensions; k++)
                vector[k] = reader.ReadSingle();
            vectors[word] = Vec.Normalise(vector);
        }

        return new EmbeddingTable(vectors, dimensions);
    }

    /// <summary>The mean of the known words; unknown ones count for nothing.</summary>
    public float[] Embed(string text)
    {
        var sum = new float[dimensions];
        foreach (var word in Vec.Words(text))
        {
            if (!vectors.TryGetValue(word, out var vector))
                continue;
            for (var k = 0; k < dimensions; k++)
                sum[k] += vector[k];
        }

        return Vec.Normalise(sum);
    }
}
