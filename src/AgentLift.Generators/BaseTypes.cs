using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>The base classes of a type.</summary>
internal static class BaseTypes
{
    /// <summary>From the nearest one to <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }
}
