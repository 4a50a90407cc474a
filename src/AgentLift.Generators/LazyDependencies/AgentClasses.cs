using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>What the generator asks of an agent.</summary>
internal static class AgentClasses
{
    /// <summary>The class that keeps the generated override out: the agent where it has one of its own, or a base that seals it.</summary>
    public static INamedTypeSymbol? DeclaresByHand(INamedTypeSymbol agent) =>
        DeclaredIn(agent) is not null ? agent : BaseTypes.Of(agent).FirstOrDefault(parent => DeclaredIn(parent) is { IsSealed: true });

    private static IMethodSymbol? DeclaredIn(INamedTypeSymbol type) =>
        type.GetMembers(KnownNames.DeclareDependencies).OfType<IMethodSymbol>().FirstOrDefault(method => method is { Parameters.IsEmpty: true, Arity: 0 });
}
