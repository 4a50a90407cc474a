using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>One result of the run, whether a finding in the code or the score of an agent.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Agent">The agent that it is about.</param>
/// <param name="Place">Where.</param>
/// <param name="Message">The finished message.</param>
/// <param name="Fingerprint">Identity that survives edits elsewhere, hexadecimal.</param>
/// <param name="Excerpt">The lines around the place; <see langword="null"/> for a score.</param>
internal sealed record SarifResult(
    Rule Rule,
    AssessedAgent Agent,
    SourcePlace Place,
    string Message,
    string Fingerprint,
    CodeExcerpt? Excerpt)
{
    /// <summary>Why nothing sound can be written there, although the rule has a fix.</summary>
    public string? FixObstacle { get; init; }

    /// <summary>What a fix of the place promises.</summary>
    public FixKind Fix => Rule.FixUnless(FixObstacle);
}
