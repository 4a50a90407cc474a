using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Reads how a property of an options class is bound.</summary>
internal static class OptionsProperty
{
    /// <returns><see langword="null"/> where it is no single value, cannot be set, or has a rule that cannot be written down.</returns>
    public static BoundProperty? Read(IPropertySymbol property)
    {
        if (property.SetMethod is not { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public })
            return null;
        var type = property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional ? optional.TypeArguments[0] : property.Type;
        if (KindOf(type) is not { } kind || ValidationRules.Of(property) is not { } rules)
            return null;
        return new BoundProperty(property.Name, kind, CSharpNames.Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)), rules);
    }

    private static SettingKind? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => SettingKind.Text,
        INamedTypeSymbol { TypeKind: TypeKind.Enum } constant => AgentVisibility.HiddenIn(constant) is null ? SettingKind.Constant : null,
        { Name: "Uri", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => SettingKind.Address,
        { IsValueType: true, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } when IsParsable(type) => SettingKind.Parsed,
        _ => null,
    };

    private static bool IsParsable(ITypeSymbol type) => type.AllInterfaces.Any(contract =>
        contract is { Name: "IParsable", TypeArguments.Length: 1 } && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type));
}
