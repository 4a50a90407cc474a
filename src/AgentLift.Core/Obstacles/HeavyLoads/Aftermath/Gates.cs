using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>
/// Finds the methods in which others wait for work that once was done before any of them: those by which the rest of the agent is entered on the way to what the work
/// changes.
/// </summary>
/// <param name="functions">The agent's functions.</param>
/// <param name="uses">Where its members are named.</param>
/// <param name="isBefore">Whether code at a place runs before the work, or is a part of it.</param>
internal sealed class Gates(Functions functions, MemberUses uses, Func<SyntaxNode, bool> isBefore)
{
    private readonly HashSet<IMethodSymbol> needing = new(SymbolEqualityComparer.Default);

    public List<MethodDeclarationSyntax> Methods { get; } = [];

    /// <summary>Functions that see, or change, what the work does, with those of the agent that call them.</summary>
    public HashSet<IMethodSymbol> Needing => needing;

    /// <returns>Whether all who enter can wait; not one that is called by the work or before it, or that is no plain method of the agent.</returns>
    public bool TryFind(Effects work, HashSet<IMethodSymbol> called, HashSet<IMethodSymbol> atStart)
    {
        needing.UnionWith(functions.All.Where(function => functions.Of(function).ClashWith(work) is not null));
        for (var size = -1; size != needing.Count;)
        {
            size = needing.Count;
            needing.UnionWith(functions.All.Where(function => functions.Of(function).Calls.Any(callee => needing.Contains(callee) && (functions.IsOfAgent(function) || !functions.IsOfAgent(callee)))).ToList());
        }

        foreach (var function in needing.OrderBy(function => function.Locations[0].SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(function => function.Locations[0].SourceSpan.Start))
        {
            if (function.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor || !IsEntered(function))
                continue;
            if (called.Contains(function) || atStart.Contains(function))
                return false;
            if (function.IsStatic || !functions.IsOfAgent(function) || functions.DeclarationOf(function) is not { } method || !CanWait(method))
                return false;
            Methods.Add(method);
        }

        return true;
    }

    // In an iterator it would wait at the first step only, and a parameter may have the name of a discard.
    private static bool CanWait(MethodDeclarationSyntax method) =>
        !method.DescendantNodes().Any(node => node is YieldStatementSyntax or VariableDeclaratorSyntax { Identifier.ValueText: "_" }) && !method.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == "_");

    // By code that has not waited: that of others, of a type within the agent, or of a function that is handed on.
    private bool IsEntered(IMethodSymbol function)
    {
        if (IsOpen(function))
            return true;
        ISymbol named = function.AssociatedSymbol ?? function;
        return uses.Of(named).Where(use => !use.IsNameOnly).Any(use =>
            (function.MethodKind == MethodKind.Ordinary && use.Expression.Parent is not InvocationExpressionSyntax)
            || (!isBefore(use.Name) && (functions.Around(use.Name) is not { } around || !needing.Contains(around)
                || (around.MethodKind == MethodKind.Constructor && IsInFunction(use.Name))
                || (functions.IsOfAgent(function) && !functions.IsOfAgent(around)))));
    }

    // It runs when the constructor, which waits for nothing, has long ended.
    private static bool IsInFunction(SyntaxNode place) =>
        place.Ancestors().TakeWhile(around => around is not MemberDeclarationSyntax).Any(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    // It is called by the name of an interface.
    private static bool IsPromised(IMethodSymbol function) => function.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers())
        .Any(promised => SymbolEqualityComparer.Default.Equals(function.ContainingType.FindImplementationForInterfaceMember(promised), function));

    private bool IsOpen(IMethodSymbol function) => function.IsOverride || function.IsVirtual || !function.ExplicitInterfaceImplementations.IsEmpty
        || function.MethodKind == MethodKind.Destructor || IsPromised(function) || !functions.IsPrivate(function);
}
