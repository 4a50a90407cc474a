using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>Recognises types and attributes by their full name. Most are told apart by their simple name, which costs nothing.</summary>
internal static class SymbolIdentity
{
    public static bool IsNamed(this ITypeSymbol? type, string fullName) =>
        type is { Name.Length: > 0 } && fullName.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == fullName;

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsNamed(fullName));

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;
}
