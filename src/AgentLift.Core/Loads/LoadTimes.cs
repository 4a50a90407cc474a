using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Loads;

/// <summary>Which functions of a type run while it is created, or before it is first used.</summary>
internal sealed class LoadTimes
{
    private readonly HashSet<ISymbol> initialisers;
    private readonly HashSet<ISymbol> constructors;
    private readonly HashSet<ISymbol> statics;

    public LoadTimes(TypeFacts facts)
    {
        var members = facts.Members.Select(member => member.Member).ToList();
        initialisers = facts.Graph.Reach(members.Where(member => member is IFieldSymbol or IPropertySymbol));
        constructors = facts.Graph.Reach(members.Where(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor }));
        statics = facts.Graph.Reach(members.Where(IsStaticInitialiser));
    }

    public LoadTime Of(Scope scope) =>
        initialisers.Contains(scope.Function) ? LoadTime.Initialiser
        : constructors.Contains(scope.Function) ? LoadTime.Constructor
        : statics.Contains(scope.Function) ? LoadTime.StaticInitialiser
        : LoadTime.Later;

    private static bool IsStaticInitialiser(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
        || (member is IMethodSymbol method && method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModuleInitializerAttribute"));
}
