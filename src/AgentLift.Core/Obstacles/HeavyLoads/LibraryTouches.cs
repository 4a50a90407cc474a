using AgentLift.Core.Catalogue;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>
/// Finds the fields and properties that are filled early with something that makes a library load its native part: to put off the loads of the library gains little
/// while they stay.
/// </summary>
internal sealed class LibraryTouches(TypeFacts agent, MemberUses uses, Construction construction)
{
    /// <summary>The library whose load a call or construction is.</summary>
    public HeavyDependency? LibraryOf(SyntaxNode load) => agent.ModelOf(load).GetSymbolInfo(load).Symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => agent.Knowledge.Of(constructor.ContainingType).LoadWhenCreated(),
        IMethodSymbol method => agent.Knowledge.Of(method.ContainingType).LoadWhenCalled(method.Name),
        _ => null,
    };

    /// <summary>The members that touch one of the libraries.</summary>
    public IEnumerable<ISymbol> Of(ICollection<HeavyDependency> libraries)
    {
        foreach (var member in agent.Type.GetMembers().Where(member => member is IFieldSymbol { IsConst: false, IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsStatic: false } && member.DeclaringSyntaxReferences.Length == 1))
        {
            var values = uses.Of(member).Where(use => construction.IsEarly(use.Name)).Select(use => use.Assignment?.Right).Append(LazyPlanner.InitialiserOf(member));
            if (values.Any(value => value is not null && Touches(value, libraries)))
                yield return member;
        }
    }

    private bool Touches(SyntaxNode value, ICollection<HeavyDependency> libraries) =>
        agent.ModelOf(value).GetOperation(value) is { } operation && operation.DescendantsAndSelf().Any(part => StaticOf(part) is { } type && agent.Knowledge.Of(type).TouchedBy() is { } library && libraries.Contains(library));

    private static INamedTypeSymbol? StaticOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } method } => method.ContainingType,
        IMemberReferenceOperation { Member: IFieldSymbol { IsStatic: true, IsConst: false } or IPropertySymbol { IsStatic: true } } member => member.Member.ContainingType,
        _ => null,
    };
}
