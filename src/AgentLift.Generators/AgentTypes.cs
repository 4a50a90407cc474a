using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>What the generators ask of the class of an agent.</summary>
internal static class AgentTypes
{
    public static bool IsAgent(INamedTypeSymbol type) => BaseTypes.Of(type).Any(IsBaseAgent);

    public static bool IsBaseAgent(INamedTypeSymbol type) => type.IsNamed(KnownNames.BaseAgent);

    /// <summary>A class and its bases below <c>BaseAgent</c>: all that users have written of an agent.</summary>
    public static IEnumerable<INamedTypeSymbol> LineageOf(INamedTypeSymbol agent) => BaseTypes.Of(agent).Prepend(agent).TakeWhile(type => !IsBaseAgent(type));
}
