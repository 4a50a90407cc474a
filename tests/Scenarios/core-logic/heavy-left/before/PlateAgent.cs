using AgentLift.Runtime;

namespace Fleet;

/// <summary>What stays, and why.</summary>
public partial class PlateAgent : BaseAgent
{
    private byte[] _plates = File.ReadAllBytes("data/plates.bin");
    private readonly byte[] _signs;
    private readonly byte[] _fonts;
    public readonly int First;

    public PlateAgent(AgentContext context)
        : base(context)
    {
        try
        {
            _signs = File.ReadAllBytes("data/signs.bin");
        }
        catch (FileNotFoundException)
        {
            _signs = [];
        }

        _fonts = File.ReadAllBytes("data/fonts.bin");
        First = _fonts[0];
    }

    public int Length => _plates.Length + _signs.Length + _fonts.Length + First;

    public void Reload() => _plates = File.ReadAllBytes("data/plates.bin");
}
