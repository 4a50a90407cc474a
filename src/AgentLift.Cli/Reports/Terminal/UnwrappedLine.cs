using Spectre.Console;
using Spectre.Console.Rendering;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>A line that is never broken at the console's width: the terminal folds it for the eye, and a pipe gets one line to search.</summary>
internal sealed class UnwrappedLine : Renderable
{
    private readonly List<Segment> segments = [];

    /// <summary>Adds text in a style; control characters in it are made harmless.</summary>
    public UnwrappedLine Add(string text, Style? style = null)
    {
        segments.Add(new Segment(OneLine.Of(text), style ?? Style.Plain));
        return this;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments.Append(Segment.LineBreak);
}
