using System.Collections.Immutable;
using AgentLift.Cli.Reports.Terminal;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>
/// Places that stay as they are, on a terminal: each on a line of its own, in the form that editors and terminals turn into a link. A fleet leaves more than anyone
/// reads: then the reasons of each rule, the most frequent first, with the first place of each.
/// </summary>
internal static class PlacesLeftView
{
    /// <summary>So many are listed one by one.</summary>
    private const int ListedUpTo = 40;

    /// <summary>So many reasons of a rule are told.</summary>
    private const int ReasonsOfRule = 5;

    private static readonly Style Rule = new(Color.Blue);

    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes the places.</summary>
    /// <param name="part">The places.</param>
    /// <param name="console">The terminal.</param>
    /// <param name="listAll">Whether they are listed, however many there are.</param>
    public static void Write(PagePlacesLeft part, IAnsiConsole console, bool listAll)
    {
        if (listAll || part.Places.Length <= ListedUpTo)
            WriteEach(part, console);
        else
            WriteReasons(part, console);
    }

    private static void WriteEach(PagePlacesLeft part, IAnsiConsole console)
    {
        foreach (var agent in part.Places.GroupBy(place => place.Agent))
        {
            console.Write(new UnwrappedLine().Add("  " + agent.Key));
            foreach (var (_, left) in agent)
                console.Write(new UnwrappedLine().Add($"    {left.Place.File}({left.Place.Line},{left.Place.Column}): ").Add(left.Rule, Rule).Add($" {left.Reason}"));
        }
    }

    private static void WriteReasons(PagePlacesLeft part, IAnsiConsole console)
    {
        foreach (var rule in part.Places.GroupBy(place => place.Left.Rule).OrderBy(rule => rule.Key, StringComparer.Ordinal))
        {
            console.Write(new UnwrappedLine()
                .Add("  ").Add(rule.Key, Rule)
                .Add($"{TitleOf(rule.Key)}, {Figures.Count(rule.Count(), "place")} in {Figures.Count(rule.Select(place => place.Agent).Distinct().Count(), "agent")}"));
            var reasons = rule.GroupBy(place => place.Left.Reason).OrderByDescending(reason => reason.Count()).ToList();
            // One more line than the last reason takes would be no shorter.
            var told = reasons.Count <= ReasonsOfRule + 1 ? reasons.Count : ReasonsOfRule;
            foreach (var reason in reasons.Take(told))
                console.Write(new UnwrappedLine().Add($"    {reason.Count(),4}  {reason.Key}").Add($"  {FirstOf([.. reason.Select(place => place.Left)])}", Dim));
            if (reasons.Count > told)
                console.Write(new UnwrappedLine().Add($"    {reasons.Skip(told).Sum(reason => reason.Count()),4}  for {reasons.Count - told} other reasons"));
        }

        console.Write(new UnwrappedLine().Add("  Each place: --verbosity detailed, or --format markdown, html or json with --output FILE.", Dim));
    }

    private static string TitleOf(string rule) => RuleTable.TryGet(rule, out var known) ? $" {known.Title}" : "Whole agents";

    private static string FirstOf(ImmutableArray<LeftPlace> places) =>
        Phrases.Place(places[0]) + (places.Length > 1 ? " ..." : string.Empty);
}
