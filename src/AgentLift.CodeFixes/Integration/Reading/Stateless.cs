using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Tells code that shares nothing that changes: it may run for several clients at once, where it ran for one after the other.</summary>
internal sealed class Stateless(AgentSource source)
{
    private static readonly string[] PureTypes = ["Math", "MathF", "String", "Convert", "JsonSerializer", "Enumerable", "Encoding", "Regex", "Int32", "Int64", "Double", "Boolean", "Char", "DateTime", "TimeSpan", "Guid", "BitConverter", "Array", "ArgumentOutOfRangeException", "ArgumentNullException", "ArgumentException"];

    private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);

    public bool Is(SyntaxNode code) => AreAll(code.DescendantNodesAndSelf());

    /// <summary>The same of some nodes, without what stands in them.</summary>
    public bool AreAll(IEnumerable<SyntaxNode> nodes) => nodes.All(IsPart);

    private bool IsPart(SyntaxNode node)
    {
        if (node is AwaitExpressionSyntax or LockStatementSyntax)
            return false;
        if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax) || node.Parent is NameColonSyntax or NameEqualsSyntax)
            return true;
        return source.SymbolOf(node) switch
        {
            IFieldSymbol field => field.HasConstantValue || (field.IsReadOnly && (field.Type.IsValueType || field.Type.SpecialType == SpecialType.System_String)) || field.ContainingType.TypeKind == TypeKind.Enum || field is { IsStatic: true, Name: "Empty" },
            IPropertySymbol { ContainingType.IsAnonymousType: true } => true,
            IPropertySymbol property => property.IsReadOnly && (property.IsStatic ? IsOfThePlatform(property) : IsOfOther(node)),
            IMethodSymbol method => IsMethod(method),
            IEventSymbol => false,
            _ => true,
        };
    }

    private bool IsMethod(IMethodSymbol method)
    {
        if (IsOwn(method))
            return !method.IsVirtual && !method.IsOverride && (!seen.Add(method) || (source.BodyOf(method) is { } declaration && Is((SyntaxNode?)declaration.Body ?? declaration.ExpressionBody!)));
        return method.MethodKind is MethodKind.Constructor or MethodKind.AnonymousFunction or MethodKind.LocalFunction or MethodKind.DelegateInvoke
            ? method.DeclaringSyntaxReferences.IsEmpty
            : method.ContainingType is { } type && (PureTypes.Contains(type.Name) || type.IsValueType) && IsOfThePlatform(method);
    }

    private static bool IsOfThePlatform(ISymbol symbol) => symbol.ContainingNamespace.ToDisplayString() is "System" or ['S', 'y', 's', 't', 'e', 'm', '.', ..] && symbol.DeclaringSyntaxReferences.IsEmpty;

    // text.Length, which is asked of something that is looked at too; not of the agent itself.
    private static bool IsOfOther(SyntaxNode name) => name.Parent is MemberBindingExpressionSyntax || (name.Parent is MemberAccessExpressionSyntax access && access.Name == name && access.Expression is not (ThisExpressionSyntax or BaseExpressionSyntax));

    private bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, source.Agent.Type.OriginalDefinition);
}
