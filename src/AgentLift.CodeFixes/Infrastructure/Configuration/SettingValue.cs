using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>What a setting is where nobody sets it.</summary>
/// <param name="Type">Its type, as a keyword.</param>
/// <param name="Value">The value.</param>
internal sealed record SettingValue(string Type, object Value)
{
    /// <summary>The value as an expression.</summary>
    public string Code => SymbolDisplay.FormatPrimitive(Value, quoteStrings: true, useHexadecimalNumbers: false)!;

    /// <summary>A value of a type from its text; <see langword="null"/> where the text is none of that type.</summary>
    public static SettingValue? Parse(string type, string text) => ValueOf(type, text) is { } value ? new SettingValue(type, value) : null;

    /// <summary>A constant of the code, as a value of that type.</summary>
    public static SettingValue? OfConstant(string type, object? constant) =>
        constant is null ? null : Parse(type, constant is bool truth ? truth ? "true" : "false" : Convert.ToString(constant, CultureInfo.InvariantCulture));

    private static object? ValueOf(string type, string text) => type switch
    {
        "string" => text,
        "int" => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        "long" => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        "double" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null,
        _ => text switch { "true" => true, "false" => false, _ => null },
    };
}
