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
internal sealed class LookupPlaces(AgentSource source, AgentSyntax code, IReadOnlyList<RuntimeLoop> loops)
{
    private readonly AsyncSpread spread = new(code, loops);
    private readonly TokenHandling tokens = new(code);

    /// <summary>Reads the look-ups of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reason">Why one of them must stay as it is, and the table with it.</param>
    public LookedUpTable? Read(AddressTable table, out string? reason)
    {
        var lookups = new List<Lookup>();
        foreach (var use in table.Uses.Where(use => use.Lookup is not null))
        {
            TestedLookup? tested = null;
            reason = null;
            if (use.Lookup is InvocationExpressionSyntax && (tested = TestedLookup.Read(source, use, out reason)) is null)
                return null;
            if (tested is not null && tested.Place is null)
            {
                lookups.Add(new Lookup(use, new AsyncSpread.Way([], [], []), string.Empty, tested));
                continue;
            }

            if (Read(use, tested, out reason) is not { } lookup)
            {
                reason = $"{PlaceNames.Of(use.Table)} cannot ask the directory for {table.Member.Name}: {reason}";
                return null;
            }

            lookups.Add(lookup);
        }

        reason = lookups.Exists(lookup => lookup.Tested is null or { Place: not null }) ? null : $"nothing looks an address up in {table.Member.Name}";
        return reason is null ? new LookedUpTable(table, lookups, tokens.Handed) : null;
    }

    private Lookup? Read(AddressUse use, TestedLookup? tested, out string? reason)
    {
        var place = tested?.Place ?? use.Lookup!;
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

        if ((reason = (tested?.Inline ?? (tested is null ? use.Lookup : null)) is { } expression ? StackBound.Obstacle(source, expression) : null) is not null)
            return null;
        if (spread.From(place, out reason) is not { } way || tokens.At(place, out reason) is not { } token)
            return null;
        if (way.Loops.Any(loop => loop.IsOnThread) && spread.Blocks(way))
        {
            reason = "its loop also waits on its thread for other things: let those end by the token first";
            return null;
        }

        return new Lookup(use, way, token, tested);
    }
}
