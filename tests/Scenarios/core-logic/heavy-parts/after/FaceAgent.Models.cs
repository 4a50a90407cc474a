using AgentLift.Runtime;

namespace Fleet;

public partial class FaceAgent
{
    private readonly int _width;

    [LazyDependency(nameof(LoadWide), Warmup = LazyWarmup.AfterReady)]
    private partial FaceTable Wide { get; }

    /// <summary>All that is heavy.</summary>
    private FaceTable LoadFaces()
    {
        // the table first, what matches against it next
        var faces = FaceTable.Load(Path.Combine(_folder, "faces.bin"), 128);
        faces.Normalise();
        return faces;
    }

    private Matcher LoadMatcher() => new Matcher(Faces);
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
