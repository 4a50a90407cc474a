using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Writes the validation attributes of a property down as expressions that make them: reading them where they stand would be reflection.</summary>
internal static class ValidationRules
{
    private const string Namespace = "System.ComponentModel.DataAnnotations";

    // Rules that judge a value by itself, without reflection. What is not known here may need more.
    private static readonly HashSet<string> SelfContained =
        ["RangeAttribute", "RequiredAttribute", "StringLengthAttribute", "RegularExpressionAttribute", "UrlAttribute", "EmailAddressAttribute"];

    public static bool IsRule(AttributeData attribute) =>
        attribute.AttributeClass is { } type && BaseTypes.Of(type).Any(parent => parent.Name == "ValidationAttribute" && parent.ContainingNamespace.ToDisplayString() == Namespace);

    /// <returns><see langword="null"/> where a rule cannot be written down.</returns>
    public static EquatableArray<string>? Of(IPropertySymbol property)
    {
        var rules = property.GetAttributes().Where(IsRule).Select(Expression).ToList();
        return rules.Contains(null) ? null : new([.. rules!]);
    }

    private static string? Expression(AttributeData rule)
    {
        var type = rule.AttributeClass!;
        if (!SelfContained.Contains(type.Name) || type.ContainingNamespace.ToDisplayString() != Namespace)
            return null;
        var arguments = rule.ConstructorArguments.Select(Literal).ToList();
        var settings = rule.NamedArguments.Select(argument => Literal(argument.Value) is { } value ? $"{argument.Key} = {value}" : null).ToList();
        if (arguments.Contains(null) || settings.Contains(null))
            return null;
        var made = $"new {CSharpNames.Of(type)}({string.Join(", ", arguments)})";
        return settings.Count == 0 ? made : $"{made} {{ {string.Join(", ", settings)} }}";
    }

    private static string? Literal(TypedConstant constant) => constant is { Kind: TypedConstantKind.Primitive, Value: { } value } ? value switch
    {
        double number when double.IsNaN(number) || double.IsInfinity(number) => null,
        double number => SymbolDisplay.FormatPrimitive(number, quoteStrings: true, useHexadecimalNumbers: false) + "D",
        int or bool or string => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
        _ => null,
    }
    : null;
}
