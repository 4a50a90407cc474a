using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Code that is written anew in another file needs there what its own file has by its usings.</summary>
internal static class MovedCode
{
    /// <summary>Makes the types and extension methods that code names known in the file of new members.</summary>
    public static void AddUsingsOf(this AgentDraft draft, AgentCode agent, SyntaxNode code) => draft.AddUsingsOf(agent, code, agent.Declaration.SyntaxTree);

    /// <summary>Whether code has names that only its own file gives it, by an alias or <c>using static</c>, and is to stand in another one.</summary>
    public static bool HasNamesOfItsFile(AgentCode agent, SyntaxNode code, SyntaxTree to)
    {
        if (code.SyntaxTree == to)
            return false;
        var model = agent.ModelOf(code);
        return code.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => model.GetAliasInfo(name) is not null
            || (name.Parent is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or QualifiedNameSyntax) && model.GetSymbolInfo(name).Symbol is { IsStatic: true, ContainingType: { } type } && !IsAround(type, agent.Type)));
    }

    /// <summary>Makes the types and extension methods that code names known in a file.</summary>
    public static void AddUsingsOf(this AgentDraft draft, AgentCode agent, SyntaxNode code, SyntaxTree to)
    {
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

    // A type whose static members need no qualification in the agent: itself, those around it, and what they derive from.
    private static bool IsAround(INamedTypeSymbol type, INamedTypeSymbol agent)
    {
        for (var outer = agent; outer is not null; outer = outer.ContainingType)
        {
            for (var parent = outer; parent is not null; parent = parent.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(parent.OriginalDefinition, type.OriginalDefinition))
                    return true;
            }
        }

        return false;
    }
}
