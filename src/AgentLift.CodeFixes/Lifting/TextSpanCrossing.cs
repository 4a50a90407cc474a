using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Tells edits that can be applied together from those that cannot.</summary>
internal static class TextSpanCrossing
{
    /// <summary>The spans share text, or one is a place strictly within the other. Spans that only touch, and places at one position, do not cross.</summary>
    public static bool Crosses(this TextSpan one, TextSpan other) => one.Start < other.End && other.Start < one.End;
}
