using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>A place that uses a table of addresses.</summary>
/// <param name="Table">The expression that names the table.</param>
/// <param name="Lookup">What looks an address up by a name: <c>table[name]</c>, or the call of <c>TryGetValue</c>; <see langword="null"/> where the place does something else.</param>
internal sealed record AddressUse(ExpressionSyntax Table, ExpressionSyntax? Lookup)
{
    // Which names there are is the same with and without a directory.
    private static readonly string[] OfNames = ["ContainsKey", "Count", "Keys", "IsEmpty", "Comparer"];

    /// <summary>The loop over entries or addresses; <see langword="null"/> where the place is none.</summary>
    public AddressLoop? Loop { get; private init; }

    /// <summary>Whether the place asks for addresses, and not for names only.</summary>
    public bool AsksForAddress => Lookup is not null || Loop is not null;

    /// <summary>The name that is looked up.</summary>
    public ExpressionSyntax Key => Lookup switch
    {
        ElementAccessExpressionSyntax element => element.ArgumentList.Arguments[0].Expression,
        InvocationExpressionSyntax call => call.ArgumentList.Arguments[0].Expression,
        _ => throw new InvalidOperationException("The place looks nothing up."),
    };

    /// <summary>Reads a place.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="name">Where the table is named.</param>
    /// <param name="obstacle">Why another look-up cannot take its place.</param>
    public static AddressUse? Read(NamedSource source, SimpleNameSyntax name, out string? obstacle)
    {
        obstacle = null;
        var table = source.Whole(name);
        var place = PlaceNames.Of(name);
        var member = name.Identifier.ValueText;
        if (name.FirstAncestorOrSelf<CrefSyntax>() is not null || table.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
            return new AddressUse(table, null);
        switch (table.Parent)
        {
            case MemberAccessExpressionSyntax { Name: var named } when named == table:
            case MemberBindingExpressionSyntax:
                obstacle = $"{place} asks another object for its {member}, and would have to ask the directory of that one";
                break;
            case ElementAccessExpressionSyntax { ArgumentList.Arguments.Count: 1 } element when element.Expression == table:
                obstacle = ObstacleOf(element, member, place);
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 } tried }:
                return new AddressUse(table, tried);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var asked } when OfNames.Contains(asked):
                return new AddressUse(table, null);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Values" } or CommonForEachStatementSyntax:
                if (AddressLoop.Read(source, table) is { } loop)
                    return new AddressUse(table, null) { Loop = loop };
                obstacle = $"{place} goes through the addresses of {member} one by one: go through its Keys, and look each up by its name";
                break;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: "Add" or "Remove" or "Clear" or "TryAdd" or "TryRemove" or "TryUpdate" or "AddOrUpdate" or "GetOrAdd" }:
            case AssignmentExpressionSyntax assignment when assignment.Left == table:
                obstacle = $"{place} fills or changes {member} while the agent runs";
                break;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var other }:
                obstacle = $"{place} asks {member} for {other}, and not for the address of one name";
                break;
            default:
                obstacle = $"{place} hands {member} on to code that would not ask the directory";
                break;
        }

        return obstacle is null ? new AddressUse(table, (ElementAccessExpressionSyntax)table.Parent!) : null;
    }

    private static string? ObstacleOf(ElementAccessExpressionSyntax element, string member, string place)
    {
        var whole = Around(element);
        while (whole.Parent is MemberAccessExpressionSyntax access && access.Expression == whole && access.Parent is not InvocationExpressionSyntax)
            whole = Around(access);
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == whole => $"{place} fills or changes {member} while the agent runs",
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => $"{place} fills or changes {member} while the agent runs",
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax => $"{place} passes an address of {member} by reference",
            _ => null,
        };
    }

    // With its parentheses, and with what says that it is not null.
    private static SyntaxNode Around(SyntaxNode node)
    {
        while (node.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            node = node.Parent;
        return node;
    }
}
