using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>A function of a program that makes agents and starts them.</summary>
/// <param name="Function">The function.</param>
/// <param name="Node">Its declaration, in the file of the program.</param>
internal sealed record LaunchFunction(IMethodSymbol Function, SyntaxNode Node) : LaunchSource(Function, Node)
{
    public BlockSyntax? Body => Node is LocalFunctionStatementSyntax local ? local.Body : ((MethodDeclarationSyntax)Node).Body;

    public ArrowExpressionClauseSyntax? Arrow => Node is LocalFunctionStatementSyntax local ? local.ExpressionBody : ((MethodDeclarationSyntax)Node).ExpressionBody;

    public TypeSyntax ReturnType => Node is LocalFunctionStatementSyntax local ? local.ReturnType : ((MethodDeclarationSyntax)Node).ReturnType;

    public ParameterListSyntax Parameters => Node is LocalFunctionStatementSyntax local ? local.ParameterList : ((MethodDeclarationSyntax)Node).ParameterList;

    /// <summary>The function of the program that a call calls and that makes an agent; <see langword="null"/> where it calls something else.</summary>
    public static LaunchFunction? Called(InvocationExpressionSyntax call, EntryPoint entry)
    {
        if (entry.Model.GetSymbolInfo(call).Symbol is not IMethodSymbol { DeclaringSyntaxReferences: [var part] } called || part.SyntaxTree != entry.Tree)
            return null;
        return part.GetSyntax() is (LocalFunctionStatementSyntax or MethodDeclarationSyntax) and var node && node != entry.Main
            && node.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Any(creation => entry.Model.AgentOf(creation) is not null)
                ? new LaunchFunction(called, node)
                : null;
    }

    /// <inheritdoc/>
    public override string? Obstacle(EntryPoint entry)
    {
        if (Function is { MethodKind: MethodKind.Ordinary } and not { IsStatic: true, DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 })
            return $"{Symbol.Name} makes agents and is no private function of the program";
        if ((Body is null && Arrow is null) || Function.IsAsync || Function.IsGenericMethod || Node.DescendantNodes().Any(node => node is YieldStatementSyntax))
            return $"{Symbol.Name} makes agents in a way that a registration with the host cannot have";
        return entry.Tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().All(name => !entry.Model.IsName(name, Symbol) || IsCalled(name))
            ? null
            : $"{Symbol.Name} makes agents and is used other than in a call";
    }

    private static bool IsCalled(IdentifierNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name).Parent is InvocationExpressionSyntax;
}
