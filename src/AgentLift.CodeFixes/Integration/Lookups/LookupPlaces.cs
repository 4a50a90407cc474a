using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Addresses;
using AgentLift.Core.Obstacles.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Tells whether all look-ups of a table can await, and how.</summary>
internal sealed class LookupPlaces(AgentSource source, AgentSyntax code, IReadOnlyList<RuntimeLoop> loops, EnumeratedLookup enumerated)
{
    private readonly AsyncSpread spread = new(code, loops, opensAll: true);
    private readonly TokenHandling tokens = new(code);

    /// <summary>Reads the look-ups of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reason">Why one of them must stay as it is, and the table with it.</param>
    public LookedUpTable? Read(AddressTable table, out string? reason)
    {
        var lookups = new List<Lookup>();
        foreach (var use in table.Uses.Where(use => use.AsksForAddress))
        {
            SplitLookup? split = null;
            reason = null;
            if (use.Lookup is not ElementAccessExpressionSyntax && (split = use.Loop is null ? TestedLookup.Read(source, use, out reason) : enumerated.Read(use, out reason)) is null)
                return null;
            if (split is { Place: null })
            {
                lookups.Add(new Lookup(use, new AsyncSpread.Way([], [], []), string.Empty, split));
                continue;
            }

            if (Read(use, split, out reason) is not { } lookup)
            {
                reason = $"{PlaceNames.Of(use.Table)} cannot ask the directory for {table.Member.Name}: {reason}";
                return null;
            }

            lookups.Add(lookup);
        }

        reason = lookups.Exists(lookup => lookup.Split is null or { Place: not null }) ? null : $"nothing looks an address up in {table.Member.Name}";
        return reason is null ? new LookedUpTable(table, lookups, tokens.Handed) : null;
    }

    /// <summary>Whether a look-up can stand in the only place that reads an address, and runs there no more often than the one before.</summary>
    /// <param name="read">The place.</param>
    /// <param name="lookup">Where the address comes from now.</param>
    /// <param name="within">What holds all places that could read it.</param>
    public static bool CanStandFor(ExpressionSyntax read, SyntaxNode lookup, SyntaxNode within) =>
        AgentSource.FunctionAround(read) == AgentSource.FunctionAround(lookup)
        && read.Parent is not (ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or PrefixUnaryExpressionSyntax) && !(read.Parent is AssignmentExpressionSyntax assignment && assignment.Left == read)
        && !(read.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax }) && read.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }) is null
        && !read.AncestorsAndSelf().TakeWhile(node => node != within.Parent).Any(IsClosed);

    /// <summary>Whether what stands in a node may run several times or later, or cannot await.</summary>
    public static bool IsClosed(SyntaxNode node) =>
        node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax || AgentSource.IsFunction(node);

    private Lookup? Read(AddressUse use, SplitLookup? split, out string? reason)
    {
        var place = split?.Place ?? use.Lookup!;
        if (!EndpointPlace.HasAgent(source, use.Table))
        {
            reason = "it has no agent there, whose directory it could ask";
            return null;
        }

        if (AgentSource.MemberAround(place) is BasePropertyDeclarationSyntax)
        {
            reason = "a property cannot await";
            return null;
        }

        if ((reason = (split?.Inline ?? (split is null ? use.Lookup : null)) is { } expression ? StackBound.Obstacle(source, expression) : null) is not null)
            return null;
        if (spread.From(place, out reason) is not { } way || tokens.At(place, out reason) is not { } token)
            return null;
        if (way.Loops.Any(loop => loop.IsOnThread) && spread.Blocks(way))
        {
            reason = "its loop also waits on its thread for other things: let those end by the token first";
            return null;
        }

        return new Lookup(use, way, token, split);
    }
}
