using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>One place of a constructor that reads a setting, and what it reads where nobody sets it.</summary>
/// <param name="Place">The expression whose value is the setting.</param>
/// <param name="Key">Its name in the file or environment.</param>
/// <param name="Default">Its type and default.</param>
/// <param name="Source">The file or variable, for persons.</param>
internal sealed record SettingRead(ExpressionSyntax Place, string Key, SettingValue Default, string Source)
{
    private const string PortName = "Port";

    /// <summary>The name of the property, such as <c>ReviewSeconds</c>.</summary>
    public string Name { get; } = string.Concat(Key.Split('_', '-', '.', ' ').Where(word => word.Length > 0).Select(word =>
        char.ToUpperInvariant(word[0]) + (word.Skip(1).Any(char.IsLower) ? word.Substring(1) : word.Substring(1).ToLowerInvariant())));

    /// <summary>Whether it may be a secret.</summary>
    public bool IsSecret => SecretSigns.In(Key, Default.Value);

    /// <summary>The range that its name and default speak for; <see langword="null"/> where they speak for none.</summary>
    public string? Range => Default.Value is not int value ? null
        : IsPort && value is > 0 and <= 65535 ? "1, 65535"
        : value > 0 ? "1, int.MaxValue" : null;

    /// <summary>What a property says of itself.</summary>
    public string Summary => $"{char.ToUpperInvariant(Source[0])}{Source.Substring(1)}{(Range is null ? string.Empty : IsPort ? "; 1 to 65535" : "; 1 or more")}; {InXml(Default.Code)} by default.";

    private bool IsPort => Name.EndsWith(PortName, StringComparison.Ordinal);

    /// <summary>Reads a variable of the environment: with a default by ??, by Parse of that, or by TryParse.</summary>
    public static SettingRead? OfVariable(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (call.ArgumentList.Arguments is not [{ Expression: var name }] || model.GetConstantValue(name).Value is not string key)
            return null;
        switch (call.Parent)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce when coalesce.Left == call && model.GetConstantValue(coalesce.Right).Value is string text:
                return coalesce.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax parse } } && ParsedBy(parse, "Parse") is { } type
                    ? Of(parse, SettingValue.Parse(type, text))
                    : Of(coalesce, SettingValue.Parse("string", text));
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: [_, { Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax parsed } }], Parent: InvocationExpressionSyntax { Parent: ConditionalExpressionSyntax choice } tried } }
                when choice.Condition == tried && ParsedBy(tried, "TryParse") is { } number && choice.WhenTrue is IdentifierNameSyntax taken && taken.Identifier.ValueText == parsed.Identifier.ValueText:
                return Of(choice, SettingValue.OfConstant(number, model.GetConstantValue(choice.WhenFalse).Value));
            default:
                return null;
        }

        SettingRead? Of(ExpressionSyntax place, SettingValue? value) => value is null ? null : new SettingRead(place, key, value, $"the variable {key} of old");
    }

    /// <summary>The type that a Get method of a JSON element gives; <see langword="null"/> for others.</summary>
    public static string? TypeOf(string method) => method switch
    {
        "GetInt32" => "int",
        "GetInt64" => "long",
        "GetDouble" => "double",
        "GetBoolean" => "bool",
        "GetString" => "string",
        _ => null,
    };

    private static string? ParsedBy(InvocationExpressionSyntax call, string method) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: PredefinedTypeSyntax type } && name == method
        && type.Keyword.ValueText is "int" or "long" or "double" or "bool" ? type.Keyword.ValueText : null;

    private static string InXml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");
}
