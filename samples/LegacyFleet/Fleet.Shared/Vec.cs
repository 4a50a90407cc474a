namespace Fleet.Shared;

public static class Vec
{
    public static float Dot(float[] a, float[] b)
    {
        float sum = 0;
        for (var i = 0; i < a.Length && i < b.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    public static float Cosine(float[] a, float[] b)
    {
        var d = MathF.Sqrt(Dot(a, a)) * MathF.Sqrt(Dot(b, b));
        return d < 1e-9f ? 0 : Dot(a, b) / d;
    }

    public static float[] Normalise(float[] v)
    {
        var n = MathF.Sqrt(Dot(v, v));
        if (n < 1e-9f)
            return v;
        var r = new float[v.Length];
        for (var i = 0; i < v.Length; i++)
            r[i] = v[i] / n;
        return r;
    }

    /// <summary>FNV-1a: the same on every machine and in every run, unlike string.GetHashCode.</summary>
    public static uint Hash(string text)
    {
        var h = 2166136261u;
        foreach (var c in text)
        {
            h ^= c;
            h *= 16777619u;
        }

        return h;
    }

    public static string[] Words(string text) =>
        text.ToLowerInvariant().Split(new[] { ' ', ',', '.', '?', '!', ';', ':', '\'', '"', '-', '(', ')' }, StringSplitOptions.RemoveEmptyEntries);
}
