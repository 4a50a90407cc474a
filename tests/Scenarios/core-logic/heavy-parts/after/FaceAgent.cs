using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class FaceAgent : BaseAgent
{
    private readonly string _folder;

    [LazyDependency(nameof(LoadFaces), Warmup = LazyWarmup.AfterReady)]
    private partial FaceTable Faces { get; }

    [LazyDependency(nameof(LoadMatcher), Warmup = LazyWarmup.AfterReady)]
    private partial Matcher Matcher { get; }

    [LazyDependency(nameof(LoadByName), Warmup = LazyWarmup.AfterReady)]
    private partial Dictionary<string, int> ByName { get; }

    private Dictionary<string, int> LoadByName()
    {
        Dictionary<string, int> byName = new();
        for (var i = 0; i < Faces.Names.Count; i++)
            byName[Faces.Names[i]] = i;
        return byName;
    }

    public FaceAgent(AgentContext context, string folder, int width)
        : base(context)
    {
        _folder = folder;
        _width = width;
    }

    private FaceTable LoadWide() => FaceTable.Load(Path.Combine(_folder, "wide.bin"), _width * 2);

    public string Match(string name) => ByName.TryGetValue(name, out var row) ? Matcher.Match(Faces, row) : $"{nameof(Faces)}: nobody, {Wide.Names.Count} wide";
}
