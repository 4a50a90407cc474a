using AgentLift.Runtime;

namespace Fleet;

public partial class FaceAgent : BaseAgent
{
    private readonly string _folder;
    private FaceTable _faces;
    private Matcher _matcher;
    private readonly Dictionary<string, int> _byName = new();

    public FaceAgent(AgentContext context, string folder, int width)
        : base(context)
    {
        _folder = folder;
        LoadModels();
        _wide = FaceTable.Load(Path.Combine(folder, "wide.bin"), width * 2);
    }

    public string Match(string name) => _byName.TryGetValue(name, out var row) ? _matcher.Match(_faces, row) : $"{nameof(_faces)}: nobody, {_wide.Names.Count} wide";

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        _faces.Dispose();
        return ValueTask.CompletedTask;
    }
}
