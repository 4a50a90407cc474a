using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;

namespace AgentLift.Migration.Assessment;

/// <summary>What an assessment of a target found: the whole content of every report.</summary>
/// <param name="Tool">Name and version of the tool, such as <c>agentlift 0.1.0</c>.</param>
/// <param name="Target">The path that was assessed, as given.</param>
/// <param name="Matrix">Name of the risk matrix.</param>
/// <param name="Agents">All agents, riskiest first, then by name.</param>
/// <param name="Errors">What could not be read or used; the rest was still assessed.</param>
public sealed record FleetAssessment(
    string Tool,
    string Target,
    string Matrix,
    ImmutableArray<AssessedAgent> Agents,
    ImmutableArray<AssessmentError> Errors)
{
    /// <summary>How the evidence compares with a baseline, or <see langword="null"/> where none was given.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>Totals over <see cref="Agents"/>.</summary>
    public FleetSummary Summary { get; } = FleetSummary.Of(Agents);
}

/// <summary>How a fleet's evidence compares with a baseline. Where there is one, agents carry only evidence that it lacks.</summary>
/// <param name="File">The baseline file, as given.</param>
/// <param name="Known">Pieces of evidence that the baseline holds, and that the agents therefore do not carry.</param>
/// <param name="New">Pieces of evidence that it lacks.</param>
/// <param name="Gone">Entries of the baseline that the code no longer shows.</param>
public sealed record BaselineComparison(string File, int Known, int New, int Gone);

/// <summary>Totals over a fleet (SPEC section 11).</summary>
/// <param name="Agents">Number of agents.</param>
/// <param name="Lifted">Agents that are lifted.</param>
/// <param name="Legacy">Agents that are not.</param>
/// <param name="AdoptionPercent">Lifted of all, in percent with one decimal; 0 where there are no agents.</param>
/// <param name="TotalScore">Sum of the risk scores.</param>
/// <param name="ByLevel">Agents by risk level; every level is present.</param>
public sealed record FleetSummary(
    int Agents,
    int Lifted,
    int Legacy,
    decimal AdoptionPercent,
    int TotalScore,
    ImmutableSortedDictionary<RiskLevel, int> ByLevel)
{
    /// <summary>Adds up a fleet.</summary>
    public static FleetSummary Of(ImmutableArray<AssessedAgent> agents)
    {
        var lifted = agents.Count(agent => agent.Lifted);
        return new FleetSummary(
            agents.Length,
            lifted,
            agents.Length - lifted,
            agents.Length == 0 ? 0 : Math.Round(100m * lifted / agents.Length, 1, MidpointRounding.AwayFromZero),
            agents.Sum(agent => agent.Risk.Score),
            Enum.GetValues<RiskLevel>().ToImmutableSortedDictionary(
                level => level,
                level => agents.Count(agent => agent.Risk.Level == level)));
    }
}

/// <summary>One agent in a report. Paths are relative to the target's folder, with forward slashes.</summary>
/// <param name="Name">The agent's name: from the manifest or the attribute, else the type's.</param>
/// <param name="Type">Full name of the class.</param>
/// <param name="Project">Name of the project that holds it.</param>
/// <param name="Files">Files that hold its parts.</param>
/// <param name="Lifted">Whether it is lifted.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="Risk">Score, level, strategy and factors.</param>
/// <param name="Candidate">The gain from lazy loading.</param>
/// <param name="Evidence">Every finding, by file and position.</param>
public sealed record AssessedAgent(
    string Name,
    string Type,
    string Project,
    ImmutableArray<string> Files,
    bool Lifted,
    MigrationStage Stage,
    RiskScore Risk,
    CandidateScore Candidate,
    ImmutableArray<AssessedEvidence> Evidence)
{
    /// <summary>Group from the manifest, if any.</summary>
    public string? Group { get; init; }

    /// <summary>Machine from the manifest, if any.</summary>
    public string? Machine { get; init; }

    /// <summary>Where the class is declared (first part).</summary>
    public required SourcePlace Declaration { get; init; }
}

/// <summary>A place in a file, counted from 1.</summary>
/// <param name="File">Path relative to the target's folder, with forward slashes.</param>
/// <param name="Line">First line.</param>
/// <param name="Column">First column.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">Column after the last character.</param>
public sealed record SourcePlace(string File, int Line, int Column, int EndLine, int EndColumn);

/// <summary>One finding in a report.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Place">Where.</param>
/// <param name="Symbol">The symbol that the message names.</param>
/// <param name="Message">The finished message.</param>
/// <param name="Excerpt">The source lines around the place, for people to read.</param>
/// <param name="Fingerprint">Stable identity: survives moved lines, renamed files and reformatting. Hexadecimal.</param>
public sealed record AssessedEvidence(
    Rule Rule,
    SourcePlace Place,
    string Symbol,
    string Message,
    CodeExcerpt Excerpt,
    string Fingerprint)
{
    /// <summary>Why nothing sound can be written here, although the rule has a fix; <see langword="null"/> where nothing is known against it.</summary>
    public string? FixObstacle { get; init; }

    /// <summary>What a fix of this place promises.</summary>
    public FixKind Fix => Rule.FixUnless(FixObstacle);
}

/// <summary>A few source lines.</summary>
/// <param name="FirstLine">Number of the first line, from 1.</param>
/// <param name="Lines">The lines without their ends.</param>
public sealed record CodeExcerpt(int FirstLine, ImmutableArray<string> Lines);

/// <summary>Something that could not be read or used.</summary>
/// <param name="File">The file or folder, relative to the target's folder where it lies inside; <see langword="null"/> where none is to blame.</param>
/// <param name="Line">The line, from 1, where known.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="NextStep">What to do about it.</param>
public sealed record AssessmentError(string? File, int? Line, string Message, string NextStep)
{
    /// <summary>What the error means for the exit code.</summary>
    public AssessmentErrorKind Kind { get; init; }

    /// <summary>An error about a project or solution that does not load.</summary>
    internal static AssessmentError OfLoading(string? file, int? line, string message, string nextStep) =>
        new(file, line, message, nextStep) { Kind = AssessmentErrorKind.Load };
}

/// <summary>What an error means for the exit code.</summary>
public enum AssessmentErrorKind
{
    /// <summary>A file, folder or setting cannot be used; the rest was assessed.</summary>
    Input = 0,

    /// <summary>The target, or a project of it, does not load or restore.</summary>
    Load = 1,
}
