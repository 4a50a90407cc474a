using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Code that is written anew in another file needs there what its own file has by its usings.</summary>
internal static class MovedCode
{
    /// <summary>Makes the types and extension methods that code names known in the file of new members.</summary>
    public static void AddUsingsOf(this AgentDraft draft, AgentCode agent, SyntaxNode code)
    {
        var to = agent.Declaration.SyntaxTree;
        if (code.SyntaxTree == to)
            return;
        var model = agent.ModelOf(code);
        foreach (var name in code.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Where(name => !name.IsVar))
        {
            var type = model.GetSymbolInfo(name).Symbol switch
            {
                INamedTypeSymbol named => named,
                IMethodSymbol { MethodKind: MethodKind.ReducedExtension } extension => extension.ContainingType,
                IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
                _ => null,
            };
            if (type is { ContainingType: null, ContainingNamespace: { IsGlobalNamespace: false } space } && name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax))
                draft.AddUsing(to, space.ToDisplayString(), type.Name);
        }
    }
}
