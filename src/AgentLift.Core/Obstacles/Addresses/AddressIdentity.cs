using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>Tells where an agent goes by which object an address is: a table gives the same one each time, and a look-up makes one anew.</summary>
internal static class AddressIdentity
{
    /// <summary>Why addresses cannot be made anew; <see langword="null"/> where only their values count.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="type">The type of the addresses.</param>
    public static string? Obstacle(NamedSource source, ITypeSymbol type)
    {
        foreach (var node in source.Parts.SelectMany(part => part.DescendantNodes()))
        {
            switch (node)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } compared when IsEndPoint(source.TypeOf(compared.Left)) && IsEndPoint(source.TypeOf(compared.Right)):
                case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } both } call when NamedSource.CallIn(call)?.Name == "ReferenceEquals" && !both.Any(argument => argument.Expression.IsKind(SyntaxKind.NullLiteralExpression)) && both.Any(argument => IsAddress(source, argument.Expression, type)):
                    return $"{PlaceNames.Of(node)} asks whether two addresses are the same object, and each look-up makes a new one: compare them by Equals";
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: var changed } } when IsKept(source, changed, type):
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: MemberAccessExpressionSyntax { Expression: var raised } } when IsKept(source, raised, type):
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: MemberAccessExpressionSyntax { Expression: var lowered } } when IsKept(source, lowered, type):
                    return $"{PlaceNames.Of(node)} changes an address, and each look-up makes a new one: make one that is changed instead";
            }
        }

        return null;
    }

    // One that the agent has just made is no address of the table.
    private static bool IsKept(NamedSource source, ExpressionSyntax address, ITypeSymbol type) => IsAddress(source, address, type)
        && !(source.SymbolOf(address) is ILocalSymbol { DeclaringSyntaxReferences: [var part] } && part.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax });

    private static bool IsAddress(NamedSource source, ExpressionSyntax expression, ITypeSymbol type) =>
        source.TypeOf(expression) is { IsReferenceType: true } found && (IsEndPoint(found) || SymbolEqualityComparer.Default.Equals(found, type));

    private static bool IsEndPoint(ITypeSymbol? type) => type is { ContainingNamespace.Name: "Net", Name: "IPEndPoint" or "DnsEndPoint" or "EndPoint" };
}
