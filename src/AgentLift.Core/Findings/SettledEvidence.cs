using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Findings;

/// <summary>Evidence that outlives the code it was found in: what a fix of it promises is worked out, and nothing of a compilation stays alive for it.</summary>
/// <param name="Rule">The rule that the place breaks.</param>
/// <param name="Location">The smallest span that shows the pattern.</param>
/// <param name="Message">The finished message.</param>
/// <param name="FixObstacle">Why nothing sound can be written here, although the rule has a fix; <see langword="null"/> where nothing is known against it.</param>
public sealed record SettledEvidence(Rule Rule, Location Location, string Message, string? FixObstacle)
{
    /// <summary>What a fix of this place promises: what the rule does, unless something stands against it.</summary>
    public FixKind Fix => Rule.FixUnless(FixObstacle);

    internal static SettledEvidence Of(Evidence evidence) => new(evidence.Rule, evidence.Location, evidence.Message, evidence.FixObstacle);
}
