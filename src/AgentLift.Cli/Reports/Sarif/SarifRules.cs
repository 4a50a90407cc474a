using System.Text.Json;
using AgentLift.Cli.Reports.Json;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>The rules of the tool as SARIF reporting descriptors.</summary>
internal static class SarifRules
{
    private static readonly Dictionary<string, int> Indices =
        RuleTable.All.Select((rule, index) => (rule.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);

    /// <summary>The place of a rule in the list that <see cref="Write"/> writes.</summary>
    public static int IndexOf(Rule rule) => Indices[rule.Id];

    /// <summary>Writes all rules, so that an index stands for the same rule in every report of this version.</summary>
    /// <param name="json">The writer, inside the driver object.</param>
    /// <param name="pageOf">The Markdown page of a rule by its id; <see langword="null"/> where there is none.</param>
    public static void Write(Utf8JsonWriter json, Func<string, string?> pageOf)
    {
        json.WriteStartArray("rules");
        foreach (var rule in RuleTable.All)
            WriteRule(json, rule, pageOf(rule.Id));
        json.WriteEndArray();
    }

    /// <summary>A compiler severity as a SARIF level.</summary>
    public static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "note",
        _ => "none",
    };

    private static void WriteRule(Utf8JsonWriter json, Rule rule, string? page)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        WriteText(json, "shortDescription", rule.Title + ".");
        WriteText(json, "fullDescription", $"{rule.Title}. {StageSentence(rule)} {FixSentence(rule.Fix)}");
        json.WriteStartObject("help");
        json.WriteString("text", $"{rule.Title}. {StageSentence(rule)} {FixSentence(rule.Fix)} See {rule.HelpLink}");
        if (page is not null)
            json.WriteString("markdown", page);
        json.WriteEndObject();
        json.WriteString("helpUri", rule.HelpLink);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("category", rule.Category);
        json.WriteString("stage", rule.Stage.ToKebabCase());
        json.WriteString("fix", rule.Fix.ToKebabCase());
        json.WriteStrings("tags", Tags(rule));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IEnumerable<string> Tags(Rule rule) =>
        new[] { "agentlift", rule.Category, rule.Stage == MigrationStage.None ? string.Empty : $"stage:{rule.Stage.ToKebabCase()}" }
            .Where(tag => tag.Length > 0);

    private static string StageSentence(Rule rule) => rule.Stage == MigrationStage.None
        ? "It describes the agent as a whole."
        : $"Lifting the stage {rule.Stage.ToKebabCase()} removes it.";

    private static string FixSentence(FixKind fix) => fix switch
    {
        FixKind.Safe => "A safe fix keeps behaviour and can be applied in bulk; where none would be sound, the finding says why.",
        FixKind.Assisted => "An assisted fix needs a person's eye.",
        _ => "There is no automatic fix.",
    };

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
