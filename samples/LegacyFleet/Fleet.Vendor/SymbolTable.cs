namespace Fleet.Vendor;

/// <summary>Binds symbols as a dynamic loader does: hashed by name, looked for in one library after the other, a filter of each asked first.</summary>
internal sealed class SymbolTable
{
    private const int FilterWords = 128;
    private readonly ulong[][] filters;
    private readonly Dictionary<uint, int>[] tables;
    private readonly int symbols;

    public SymbolTable(int libraries, int symbols)
    {
        this.symbols = symbols;
        filters = new ulong[libraries][];
        tables = new Dictionary<uint, int>[libraries];
        for (var l = 0; l < libraries; l++)
        {
            filters[l] = new ulong[FilterWords];
            tables[l] = new Dictionary<uint, int>();
        }

        for (var s = 0; s < symbols; s++)
        {
            var hash = HashOf(s);
            var library = s % libraries;
            filters[library][(hash >> 6) % FilterWords] |= MaskOf(hash);
            tables[library][hash] = s;
        }
    }

    public int Bind()
    {
        var bound = 0;
        for (var s = 0; s < symbols; s++)
        {
            var hash = HashOf(s);
            var word = (hash >> 6) % FilterWords;
            var mask = MaskOf(hash);
            for (var l = 0; l < filters.Length; l++)
            {
                if ((filters[l][word] & mask) != mask || !tables[l].ContainsKey(hash))
                    continue;
                bound++;
                break;
            }
        }

        return bound;
    }

    private static ulong MaskOf(uint hash) => (1UL << (int)(hash & 63)) | (1UL << (int)((hash >> 13) & 63));

    // the hash of the names "_ZN2at0", "_ZN2at1", ...
    private static uint HashOf(int symbol)
    {
        uint h = 5381;
        foreach (var c in "_ZN2at")
            h = (h * 33) + c;
        for (var rest = symbol; ; rest /= 10)
        {
            h = (h * 33) + (uint)('0' + (rest % 10));
            if (rest < 10)
                return h;
        }
    }
}
