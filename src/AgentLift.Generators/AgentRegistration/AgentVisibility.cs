using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Who sees a type.</summary>
internal static class AgentVisibility
{
    /// <summary>Other assemblies see the type.</summary>
    public static bool IsPublic(INamedTypeSymbol type) => Around(type).All(part => part is { DeclaredAccessibility: Accessibility.Public, IsFileLocal: false });

    /// <summary>What hides a type from the rest of its assembly, as a message names it; <see langword="null"/> where nothing does.</summary>
    public static string? HiddenIn(INamedTypeSymbol type)
    {
        if (Around(type).Any(part => part.IsFileLocal))
            return "its file";
        var hidden = Around(type).FirstOrDefault(part => part.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal);
        return hidden is null ? null : $"'{hidden.ContainingType.Name}'";
    }

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
            yield return part;
    }
}
