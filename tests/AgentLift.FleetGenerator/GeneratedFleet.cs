using System.Collections.Immutable;

namespace AgentLift.FleetGenerator;

/// <summary>A fleet and what a detector must find in it: exactly that.</summary>
/// <param name="Files">All files, ordered by path (ordinal); a compilation takes them in this order.</param>
/// <param name="Expected">Every piece of evidence of AGL1xxx to AGL6xxx, ordered by file and line; a rule twice on one line stands twice.</param>
/// <param name="Agents">Every agent, lifted ones included, ordered by type name.</param>
public sealed record GeneratedFleet(
    ImmutableArray<GeneratedFile> Files,
    ImmutableArray<ExpectedEvidence> Expected,
    ImmutableArray<ExpectedAgent> Agents);

/// <summary>One source file.</summary>
/// <param name="Path">Path relative to the project, with forward slashes.</param>
/// <param name="Text">Its text, with the line ends of the file's style.</param>
public sealed record GeneratedFile(string Path, string Text);

/// <summary>One piece of evidence that must be reported.</summary>
/// <param name="RuleId">The rule, AGL1001 to AGL6004.</param>
/// <param name="File">Path of the file, as in <see cref="GeneratedFile.Path"/>.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="AgentType">Full name of the agent's type.</param>
public sealed record ExpectedEvidence(string RuleId, string File, int Line, string AgentType);

/// <summary>One agent.</summary>
/// <param name="Type">Full name of its type.</param>
/// <param name="Files">Paths of the files that hold its parts, the part that evidence on the class is placed at first.</param>
/// <param name="Lifted">Whether it derives from BaseAgent.</param>
public sealed record ExpectedAgent(string Type, ImmutableArray<string> Files, bool Lifted);
