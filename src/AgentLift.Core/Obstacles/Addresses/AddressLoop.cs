using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>A loop over the entries or the addresses of a table, which can go over its names instead.</summary>
/// <param name="Statement">The loop.</param>
/// <param name="Variables">What stands for an entry at the head of the loop.</param>
/// <param name="Name">The variable of the name; <see langword="null"/> where the loop has none.</param>
/// <param name="Address">The variable of the address; <see langword="null"/> where the loop has none.</param>
/// <param name="NameReads">Where the name is read off an entry.</param>
/// <param name="AddressReads">Where the address is read.</param>
internal sealed record AddressLoop(
    CommonForEachStatementSyntax Statement, SyntaxNodeOrToken Variables, string? Name, string? Address, IReadOnlyList<ExpressionSyntax> NameReads, IReadOnlyList<ExpressionSyntax> AddressReads)
{
    /// <summary>Reads a loop over a table, or over its <c>Values</c>; <see langword="null"/> where the entries are used as a whole.</summary>
    public static AddressLoop? Read(NamedSource source, ExpressionSyntax table)
    {
        var isOfValues = table.Parent is MemberAccessExpressionSyntax;
        var all = isOfValues ? (ExpressionSyntax)table.Parent! : table;
        if (all.Parent is not CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 } loop || loop.Expression != all)
            return null;
        switch (loop)
        {
            case ForEachStatementSyntax plain when source.ModelOf(plain).GetDeclaredSymbol(plain) is { } variable:
                var reads = ReadsOf(source, plain, variable);
                if (isOfValues)
                    return new AddressLoop(plain, plain.Identifier, null, plain.Identifier.Text, [], reads);
                var parts = reads.ConvertAll(read => read.Parent as MemberAccessExpressionSyntax);
                return parts.TrueForAll(part => part?.Name.Identifier.ValueText is "Key" or "Value")
                    ? new AddressLoop(plain, plain.Identifier, null, null, [.. parts.OfType<ExpressionSyntax>().Where(part => IsPart(part, "Key"))], [.. parts.OfType<ExpressionSyntax>().Where(part => IsPart(part, "Value"))])
                    : null;
            case ForEachVariableStatementSyntax { Variable: var parted } when !isOfValues && Designations(parted) is [not ParenthesizedVariableDesignationSyntax and var name, not ParenthesizedVariableDesignationSyntax and var address]:
                return new AddressLoop(loop, parted, NameOf(name), NameOf(address), [], address is SingleVariableDesignationSyntax single && source.ModelOf(single).GetDeclaredSymbol(single) is { } symbol ? ReadsOf(source, loop, symbol) : []);
            default:
                return null;
        }
    }

    private static bool IsPart(ExpressionSyntax read, string part) => ((MemberAccessExpressionSyntax)read).Name.Identifier.ValueText == part;

    private static List<ExpressionSyntax> ReadsOf(NamedSource source, CommonForEachStatementSyntax loop, ISymbol variable) =>
        [.. source.ReferencesTo(variable).Where(name => loop.Statement.Span.Contains(name.Span))];

    // var (name, address), (var name, var address), (string name, IPEndPoint address)
    private static IReadOnlyList<VariableDesignationSyntax>? Designations(ExpressionSyntax variables) => variables switch
    {
        DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax { Variables: { Count: 2 } parts } } => parts,
        TupleExpressionSyntax { Arguments: [{ Expression: DeclarationExpressionSyntax name }, { Expression: DeclarationExpressionSyntax address }] } => [name.Designation, address.Designation],
        _ => null,
    };

    private static string? NameOf(VariableDesignationSyntax designation) => designation is SingleVariableDesignationSyntax single ? single.Identifier.Text : null;
}
