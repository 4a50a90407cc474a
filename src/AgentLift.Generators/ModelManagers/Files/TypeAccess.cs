using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>The widest accessibility that a property of a type can have.</summary>
internal static class TypeAccess
{
    /// <summary>The modifier.</summary>
    public static string Of(ITypeSymbol type)
    {
        var parts = Parts(type).Select(part => part.DeclaredAccessibility).Where(access => access != Accessibility.NotApplicable).ToList();
        if (parts.TrueForAll(access => access == Accessibility.Public))
            return "public";
        return parts.TrueForAll(access => access is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) ? "internal" : "private";
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Concat(named.ContainingType is { } outer ? Parts(outer) : []).Append(named),
        _ => [],
    };
}
