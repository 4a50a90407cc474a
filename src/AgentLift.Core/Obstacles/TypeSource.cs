using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles;

/// <summary>The code of one type by name: who refers to what, and in which function.</summary>
internal class TypeSource : TypeCode
{
    private readonly ILookup<string, IdentifierNameSyntax> names;

    public TypeSource(TypeFacts facts)
        : this(facts, facts.ModelOf)
    {
    }

    protected TypeSource(TypeFacts facts, Func<SyntaxNode, SemanticModel> modelOf)
        : base(facts, modelOf)
    {
        names = Parts.SelectMany(part => part.DescendantNodes()).OfType<IdentifierNameSyntax>().ToLookup(name => name.Identifier.ValueText, StringComparer.Ordinal);
    }

    /// <summary>The places within the class, nested classes included, that name a symbol.</summary>
    public IReadOnlyList<IdentifierNameSyntax> ReferencesTo(ISymbol symbol) =>
        [.. names[symbol.Name].Where(name => SymbolEqualityComparer.Default.Equals(SymbolOf(name), symbol))];

    /// <summary>The function around a node as the facts name it.</summary>
    public ISymbol? FunctionSymbolAround(SyntaxNode node) => FunctionAround(node) is { } function ? SymbolOfFunction(function) : null;

    public ISymbol? SymbolOfFunction(SyntaxNode function) => function is AnonymousFunctionExpressionSyntax lambda
        ? ModelOf(lambda).GetSymbolInfo(lambda).Symbol
        : ModelOf(function).GetDeclaredSymbol(function);

    /// <summary>The declaration of a method or local function of the class; <see langword="null"/> where it has none or several.</summary>
    public SyntaxNode? DeclarationOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length != 1 || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null)
            return null;
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        return Parts.Any(part => part.SyntaxTree == declaration.SyntaxTree && part.Span.Contains(declaration.Span)) ? declaration : null;
    }

    public bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, Facts.Type.OriginalDefinition);

    /// <summary>The call that names a method, where the name is its target.</summary>
    public static InvocationExpressionSyntax? CallOf(IdentifierNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call when call.Expression == name => call,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Parent: InvocationExpressionSyntax call } access when access.Name == name && call.Expression == access => call,
        _ => null,
    };

    /// <summary>The expression that reads a member, with <c>this.</c> or the class before it.</summary>
    public ExpressionSyntax Whole(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name
        && (access.Expression is ThisExpressionSyntax || SymbolEqualityComparer.Default.Equals(SymbolOf(access.Expression), Facts.Type))
            ? access
            : name;

    /// <summary>The statement that a node belongs to.</summary>
    public static StatementSyntax? StatementOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>();

    /// <summary>Whether any identifier of that name stands in a node.</summary>
    public static bool Mentions(SyntaxNode node, string name) => node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);
}
