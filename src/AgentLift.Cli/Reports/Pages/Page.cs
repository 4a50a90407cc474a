using System.Collections.Immutable;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>What a command has to say, in parts that every format draws in its own way.</summary>
/// <param name="Title">What it is, such as "AgentLift plan".</param>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Lead">The result in one sentence.</param>
/// <param name="Parts">Tables and lists, in order.</param>
/// <param name="Data">The same as data, for JSON.</param>
internal sealed record Page(string Title, string Tool, string Target, string Lead, ImmutableArray<PagePart> Parts, object Data)
{
    /// <summary>Places in the code that the page names, for SARIF.</summary>
    public ImmutableArray<PagePlace> Places { get; init; } = [];

    /// <summary>What could not be read or used.</summary>
    public ImmutableArray<AssessmentError> Errors { get; init; } = [];
}

/// <summary>A part of a page with a heading. Empty parts are left out.</summary>
internal abstract record PagePart(string Heading)
{
    /// <summary>Whether there is nothing in it.</summary>
    public abstract bool IsEmpty { get; }
}

/// <summary>Lines of text under a heading.</summary>
internal sealed record PageList(string Heading, ImmutableArray<string> Lines) : PagePart(Heading)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Lines.IsEmpty;
}

/// <summary>A table under a heading.</summary>
internal sealed record PageTable(string Heading, ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows) : PagePart(Heading)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Rows.IsEmpty;
}

/// <summary>Places that stay as they are, and why. A terminal sums up what files list.</summary>
internal sealed record PagePlacesLeft(string Heading, ImmutableArray<(string Agent, LeftPlace Left)> Places) : PagePart(Heading)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Places.IsEmpty;

    /// <summary>What each agent keeps for the same reason in one row.</summary>
    public PageTable ToTable() => new(
        Heading,
        ["Agent", "Rule", "Places", "Why"],
        [.. Places.GroupBy(place => (place.Agent, place.Left.Rule, place.Left.Reason)).Select(group => ImmutableArray.Create(
            group.Key.Agent,
            group.Key.Rule.Length == 0 ? "-" : group.Key.Rule,
            string.Join(", ", group.Select(place => Phrases.Place(place.Left))),
            group.Key.Reason))]);
}

/// <summary>A place in the code and what is to be said about it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Place">Where.</param>
/// <param name="Message">What.</param>
/// <param name="IsProblem">Whether something went wrong there, and not only stays as it is.</param>
internal sealed record PagePlace(Rule Rule, string Agent, SourcePlace Place, string Message, bool IsProblem);
