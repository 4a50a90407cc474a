using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Splits a loop over the entries or addresses of a table: it goes over the names, and looks the address of each up where it is needed.</summary>
/// <param name="source">The agent's code.</param>
internal sealed class EnumeratedLookup(AgentSource source)
{
    private static readonly string[] Names = ["name", "agent", "agentName", "key"];
    private static readonly string[] Addresses = ["address", "agentAddress", "found"];

    // What a loop declares hides what one around it does, of this or of another table.
    private readonly List<(SyntaxNode Loop, string Name)> chosen = [];

    /// <param name="use">The loop.</param>
    /// <param name="reason">Why it cannot be split.</param>
    public SplitLookup? Read(AddressUse use, out string? reason)
    {
        var loop = use.Loop!;
        reason = $"{PlaceNames.Of(use.Table)} goes through the addresses of {source.SymbolOf(use.Table)?.Name} in a loop without a block: give it one first";
        if ((loop.Name ?? FreeName(loop.Statement, Names)) is not { } name || (loop.Address ?? FreeName(loop.Statement, Addresses)) is not { } address)
            return null;
        var start = loop.Statement is ForEachStatementSyntax { Type: var type } ? type.SpanStart : loop.Variables.SpanStart;
        var names = new List<TextChange> { new(TextSpan.FromBounds(start, loop.Variables.Span.End), $"var {name}"), new(TextSpan.FromBounds(use.Table.Span.End, loop.Statement.Expression.Span.End), ".Keys") };
        names.AddRange(loop.NameReads.Select(read => new TextChange(read.Span, name)));
        var split = new SplitLookup(names, name, "var " + address);
        if (loop.AddressReads.Count == 0)
            return split;
        if (loop.AddressReads is [var only] && LookupPlaces.CanStandFor(only, use.Table, loop.Statement.Statement))
            return split with { Inline = only };
        if (loop.Statement.Statement is not BlockSyntax block)
            return null;
        if (loop.Address is null)
            names.AddRange(loop.AddressReads.Select(read => new TextChange(read.Span, address)));
        return split with { Before = FirstNeeded(block, loop.AddressReads) };
    }

    // As far in as all that read it stand together, so that nothing is looked up for an entry that the loop passes over.
    private static StatementSyntax FirstNeeded(BlockSyntax block, IReadOnlyList<ExpressionSyntax> reads)
    {
        var first = reads.OrderBy(read => read.SpanStart).First();
        foreach (var inner in first.Ancestors().TakeWhile(node => node != block).OfType<BlockSyntax>().Reverse())
        {
            if (!reads.All(read => inner.Span.Contains(read.Span)) || inner.Ancestors().TakeWhile(node => node != block).Any(LookupPlaces.IsClosed))
                break;
            block = inner;
        }

        return block.Statements.First(statement => statement.Span.Contains(first.Span));
    }

    private string? FreeName(SyntaxNode loop, string[] wanted)
    {
        var member = AgentSource.MemberAround(loop)!;
        var free = wanted.FirstOrDefault(name => !source.Agent.Type.MemberNames.Contains(name)
            && !TypeSource.Mentions(member, name)
            && !chosen.Exists(other => other.Name == name && (other.Loop.Contains(loop) || loop.Contains(other.Loop))));
        if (free is not null)
            chosen.Add((loop, free));
        return free;
    }
}
