using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentLift.Cli.Tests.Reports;

/// <summary>
/// The part of JSON Schema (draft 2020-12) that assessment.schema.json uses. A keyword that it does not know
/// is an error of the schema, so that no promise of the schema goes unchecked.
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>What is wrong with a document, each with the path of the place; empty where it is valid.</summary>
    public IReadOnlyList<string> Validate(JsonElement document)
    {
        var problems = new List<string>();
        Check(root, document, "$", problems);
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Annotations.Contains(keyword.Name))
                continue;
            if (Violation(keyword, schema, value, path, problems) is { } problem)
                problems.Add($"{path}: {problem}");
        }
    }

    private string? Violation(JsonProperty keyword, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                Check(Resolve(rule.GetString()!), value, path, problems);
                return null;
            case "type":
                var types = rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().ToList() : [rule];
                return types.Any(type => Is(value, type.GetString()!)) ? null : $"is not {rule}";
            case "enum":
                return rule.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)) ? null : $"is not one of {rule}";
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal() ? null : $"is below {rule}";
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal() ? null : $"is above {rule}";
            case "minLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() >= rule.GetInt32() ? null : "is too short";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!) ? null : $"does not match {rule}";
            case "required":
                return value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)) ? null : $"lacks one of {rule}";
            case "additionalProperties" when rule.ValueKind == JsonValueKind.False:
                return value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)) ? null : "has a key too many";
            case "properties":
                foreach (var member in rule.EnumerateObject())
                {
                    if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member.Name, out var part))
                        Check(member.Value, part, $"{path}.{member.Name}", problems);
                }

                return null;
            case "items":
                if (value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var (index, item) in value.EnumerateArray().Index())
                        Check(rule, item, $"{path}[{index}]", problems);
                }

                return null;
            default:
                throw new NotSupportedException($"The schema uses the keyword {keyword.Name}, which these tests cannot check.");
        }
    }

    private JsonElement Resolve(string reference)
    {
        const string local = "#/$defs/";
        if (!reference.StartsWith(local, StringComparison.Ordinal))
            throw new NotSupportedException($"The schema refers to {reference}, outside itself.");
        return root.GetProperty("$defs").GetProperty(reference[local.Length..]);
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        _ => throw new NotSupportedException($"The schema uses the type {type}."),
    };
}
