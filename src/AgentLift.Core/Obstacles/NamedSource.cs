using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles;

/// <summary>The code of one type with its documentation, asked by symbol: who names what, what calls what.</summary>
internal class NamedSource : TypeCode
{
    private readonly ILookup<string, SimpleNameSyntax> names;

    public NamedSource(TypeFacts facts)
        : this(facts, facts.ModelOf)
    {
    }

    protected NamedSource(TypeFacts facts, Func<SyntaxNode, SemanticModel> modelOf)
        : base(facts, modelOf)
    {
        names = Parts.SelectMany(part => part.DescendantNodes(descendIntoTrivia: true)).OfType<SimpleNameSyntax>().ToLookup(name => name.Identifier.ValueText, StringComparer.Ordinal);
    }

    public ISymbol? Declared(SyntaxNode declaration) => ModelOf(declaration).GetDeclaredSymbol(declaration)?.OriginalDefinition;

    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => ModelOf(expression).GetTypeInfo(expression).Type;

    public bool IsType(ExpressionSyntax expression, string type) => TypeOf(expression)?.ToDisplayString() == type;

    public object? ConstantOf(ExpressionSyntax expression) => ModelOf(expression).GetConstantValue(expression) is { HasValue: true, Value: { } value } ? value : null;

    /// <summary>The places within the class, nested classes and documentation included, that name a symbol.</summary>
    public IReadOnlyList<SimpleNameSyntax> ReferencesTo(ISymbol symbol) => [.. names[symbol.Name].Where(name => Names(name, symbol))];

    /// <summary>A method of the class itself that has one body and that a person wrote.</summary>
    public MethodDeclarationSyntax? BodyOf(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, Facts.Type.OriginalDefinition)
        && method is { MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences.Length: 1, PartialDefinitionPart: null, PartialImplementationPart: null }
        && method.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body: not null } or MethodDeclarationSyntax { ExpressionBody: not null }
            ? (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax()
            : null;

    /// <summary>The member around a node.</summary>
    public static MemberDeclarationSyntax? MemberAround(SyntaxNode node) => node.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault();

    /// <summary>The expression that names a member, with <c>this.</c> or the class before it.</summary>
    public ExpressionSyntax Whole(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name && (access.Expression is ThisExpressionSyntax || SymbolOf(access.Expression) is INamedTypeSymbol) ? access : name;

    /// <summary>An expression without parentheses, awaiting, <c>ConfigureAwait</c>, <c>!</c> and blocking on its task.</summary>
    public static ExpressionSyntax Awaited(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Awaited(inner.Expression),
        AwaitExpressionSyntax wait => Awaited(wait.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Awaited(sure.Operand),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result => Awaited(result.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult" } access } => Awaited(access.Expression),
        _ => expression,
    };

    public static ExpressionSyntax Unwrapped(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Unwrapped(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Unwrapped(sure.Operand),
        _ => expression,
    };

    /// <summary>The method that a call names, and what it is called on.</summary>
    public static (string Name, ExpressionSyntax? Receiver, InvocationExpressionSyntax Call)? CallIn(ExpressionSyntax expression) => Unwrapped(expression) switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => (access.Name.Identifier.ValueText, access.Expression, call),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } call => (name.Identifier.ValueText, null, call),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } call } access => (binding.Name.Identifier.ValueText, access.Expression, call),
        _ => null,
    };

    private bool Names(SimpleNameSyntax name, ISymbol symbol)
    {
        var info = ModelOf(name).GetSymbolInfo(name);
        return SymbolEqualityComparer.Default.Equals(info.Symbol?.OriginalDefinition, symbol)
            || (info.Symbol is null && info.CandidateSymbols.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, symbol)));
    }
}
