namespace Fleet;

public partial class FaceAgent
{
    private readonly FaceTable _wide;

    /// <summary>All that is heavy.</summary>
    private void LoadModels()
    {
        // the table first, what matches against it next
        _faces = FaceTable.Load(Path.Combine(_folder, "faces.bin"), 128);
        _faces.Normalise();

        _matcher = new Matcher(_faces);
        for (var i = 0; i < _faces.Names.Count; i++)
            _byName[_faces.Names[i]] = i;
    }
}

public sealed class FaceTable(string path, int width) : IDisposable
{
    public List<string> Names { get; } = [path, width.ToString()];

    public static FaceTable Load(string path, int width) => new(path, width);

    public void Normalise() => Names.Sort();

    public void Dispose()
    {
    }
}

public sealed class Matcher(FaceTable table)
{
    public string Match(FaceTable faces, int row) => faces.Names[row] + table.Names.Count;
}
