using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles;

/// <summary>The code of one type, all its parts, with what the compiler knows of it.</summary>
internal abstract class TypeCode
{
    private readonly Func<SyntaxNode, SemanticModel> modelOf;

    protected TypeCode(TypeFacts facts, Func<SyntaxNode, SemanticModel> modelOf)
    {
        Facts = facts;
        this.modelOf = modelOf;
        Parts = [.. facts.Type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<TypeDeclarationSyntax>()];
    }

    public TypeFacts Facts { get; }

    /// <summary>All declarations of the class.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> Parts { get; }

    public SemanticModel ModelOf(SyntaxNode node) => modelOf(node);

    public ISymbol? SymbolOf(SyntaxNode expression) => ModelOf(expression).GetSymbolInfo(expression).Symbol?.OriginalDefinition;

    public static bool IsFunction(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    /// <summary>The statements of a method, local function or lambda; <see langword="null"/> where it is an expression.</summary>
    public static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    /// <summary>The innermost method, constructor, accessor, local function or lambda around a node.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().TakeWhile(parent => parent is not TypeDeclarationSyntax).FirstOrDefault(IsFunction);
}
