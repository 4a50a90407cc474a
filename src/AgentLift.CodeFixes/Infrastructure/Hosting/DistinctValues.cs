using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Whether a sequence has each of its values once, so that a loop over it starts no agent twice.</summary>
internal static class DistinctValues
{
    public static bool Of(EntryPoint program, ExpressionSyntax sequence) => sequence switch
    {
        ParenthesizedExpressionSyntax inner => Of(program, inner.Expression),
        ConditionalExpressionSyntax choice => Of(program, choice.WhenTrue) && Of(program, choice.WhenFalse),
        ArrayCreationExpressionSyntax { Initializer: { } items } => AreDistinct(program, [.. items.Expressions]),
        ImplicitArrayCreationExpressionSyntax array => AreDistinct(program, [.. array.Initializer.Expressions]),
        InitializerExpressionSyntax items => AreDistinct(program, [.. items.Expressions]),
        CollectionExpressionSyntax items => items.Elements.All(element => element is ExpressionElementSyntax) && AreDistinct(program, [.. items.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression)]),
        InvocationExpressionSyntax call => program.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Distinct", ContainingType.Name: "Enumerable" or "MemoryExtensions" },
        IdentifierNameSyntax name => program.Model.GetSymbolInfo(name).Symbol is (ILocalSymbol or IFieldSymbol { IsReadOnly: true, IsStatic: true, DeclaredAccessibility: Accessibility.Private }) and var symbol && IsDistinct(program, symbol),
        _ => false,
    };

    private static bool AreDistinct(EntryPoint program, List<ExpressionSyntax> values)
    {
        var known = values.ConvertAll(value => program.Model.GetConstantValue(value));
        return values.Count == 1 || known.TrueForAll(value => value.HasValue) && known.Select(value => value.Value).Distinct().Count() == known.Count;
    }

    // Written out where it is declared, and only read after that.
    private static bool IsDistinct(EntryPoint program, ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is [var part] && part.SyntaxTree == program.Tree && part.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value }
        && value is not IdentifierNameSyntax && Of(program, value)
        && program.Tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => program.Model.IsName(name, symbol)).All(name => IsRead(program, name));

    private static bool IsRead(EntryPoint program, IdentifierNameSyntax name) => name.Parent switch
    {
        ForEachStatementSyntax or ConditionalExpressionSyntax => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == name => program.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType.Name: "Enumerable" or "MemoryExtensions" },
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } => true,
        ElementAccessExpressionSyntax item => item.Parent is not (AssignmentExpressionSyntax or ArgumentSyntax or RefExpressionSyntax) || item.Parent is AssignmentExpressionSyntax { Right: var right } && right == item || item.Parent is ArgumentSyntax { RefKindKeyword.RawKind: 0 },
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => program.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Join" or "Contains" or "IndexOf", ContainingNamespace.Name: "System" },
        _ => false,
    };
}
