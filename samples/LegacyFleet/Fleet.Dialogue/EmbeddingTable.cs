using System.Text;
using Fleet.Shared;

namespace Fleet.Dialogue;

/// <summary>Word vectors, read whole.</summary>
public class EmbeddingTable
{
    private readonly Dictionary<string, float[]> vectors;

    private EmbeddingTable(Dictionary<string, float[]> vectors, int dimensions)
    {
        this.vectors = vectors;
        Dimensions = dimensions;
    }

    public int Dimensions { get; }

    public int Count => vectors.Count;

    public static EmbeddingTable Load(string path)
    {
        using var r = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        var count = r.ReadInt32();
        var dimensions = r.ReadInt32();
        var all = new Dictionary<string, float[]>(count);
        for (var i = 0; i < count; i++)
        {
            var word = r.ReadString();
            var v = new float[dimensions];
            for (var k = 0; k < dimensions; k++)
                v[k] = r.ReadSingle();
            all[word] = Vec.Normalise(v);
        }

        return new EmbeddingTable(all, dimensions);
    }

    /// <summary>The mean of the known words; unknown ones count for nothing.</summary>
    public float[] Embed(string text)
    {
        var sum = new float[Dimensions];
        foreach (var word in Vec.Words(text))
        {
            if (!vectors.TryGetValue(word, out var v))
                continue;
            for (var k = 0; k < Dimensions; k++)
                sum[k] += v[k];
        }

        return Vec.Normalise(sum);
    }
}
