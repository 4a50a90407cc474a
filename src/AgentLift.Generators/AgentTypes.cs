using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>What the generators ask of the class of an agent.</summary>
internal static class AgentTypes
{
    private static readonly SymbolDisplayFormat WithoutEscapes = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static bool IsAgent(INamedTypeSymbol type) => Bases(type).Any(IsBaseAgent);

    public static bool IsBaseAgent(INamedTypeSymbol type) => type.IsNamed(KnownNames.BaseAgent);

    /// <summary>A class and its bases below <c>BaseAgent</c>: all that users have written of an agent.</summary>
    public static IEnumerable<INamedTypeSymbol> LineageOf(INamedTypeSymbol agent) => Bases(agent).Prepend(agent).TakeWhile(type => !IsBaseAgent(type));

    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }

    /// <summary>The full metadata name of a class, which no other class of its project has.</summary>
    public static string MetadataNameOf(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{MetadataNameOf(outer)}+{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString(WithoutEscapes)}.{type.MetadataName}";
    }
}
