using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Splits a loop over the entries or addresses of a table: it goes over the names, and looks the address of each up where it is needed.</summary>
internal static class EnumeratedLookup
{
    private static readonly string[] Names = ["name", "agent", "agentName", "key"];
    private static readonly string[] Addresses = ["address", "agentAddress", "found"];

    /// <param name="source">The agent's code.</param>
    /// <param name="use">The loop.</param>
    /// <param name="reason">Why it cannot be split.</param>
    public static SplitLookup? Read(AgentSource source, AddressUse use, out string? reason)
    {
        var loop = use.Loop!;
        reason = $"{PlaceNames.Of(use.Table)} goes through the addresses of {source.SymbolOf(use.Table)?.Name} in a loop without a block: give it one first";
        var member = AgentSource.MemberAround(use.Table)!;
        if (FreeName(source, member, loop.Name, Names) is not { } name || FreeName(source, member, loop.Address, Addresses) is not { } address)
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

    private static string? FreeName(AgentSource source, SyntaxNode member, string? given, string[] wanted) => given ?? wanted.FirstOrDefault(name =>
        !source.Agent.Type.MemberNames.Contains(name) && !member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name));
}
