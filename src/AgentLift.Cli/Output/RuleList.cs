using System.Text.Json;
using AgentLift.Core.Rules;
using Spectre.Console;
using Rule = AgentLift.Core.Rules.Rule;

namespace AgentLift.Cli.Output;

/// <summary>The forms that the list of rules can take.</summary>
internal enum RulesFormat
{
    /// <summary>A table for a terminal.</summary>
    Table = 0,

    /// <summary>JSON.</summary>
    Json = 1,

    /// <summary>A Markdown table.</summary>
    Markdown = 2,
}

/// <summary>Writes the list of rules.</summary>
internal static class RuleList
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(IReadOnlyCollection<Rule> rules, RulesFormat format, TextWriter output)
    {
        switch (format)
        {
            case RulesFormat.Json:
                output.WriteLine(JsonSerializer.Serialize(
                    rules.Select(rule => new { rule.Id, rule.Name, Family = rule.Category, Severity = SeverityOf(rule), Stage = StageOf(rule), Fix = FixOf(rule), rule.Title, rule.HelpLink }),
                    JsonOptions));
                break;
            case RulesFormat.Markdown:
                output.WriteLine("| Id | Name | Severity | Stage | Fix | Pattern |\n|---|---|---|---|---|---|");
                foreach (var rule in rules)
                    output.WriteLine($"| [{rule.Id}]({rule.HelpLink}) | {rule.Name} | {SeverityOf(rule)} | {StageOf(rule)} | {FixOf(rule)} | {rule.Title} |");
                break;
            default:
                WriteTable(rules, output);
                break;
        }
    }

    private static void WriteTable(IReadOnlyCollection<Rule> rules, TextWriter output)
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumns("Id", "Name", "Severity", "Stage", "Fix", "Pattern");
        foreach (var column in table.Columns.Take(5))
            column.NoWrap();
        foreach (var rule in rules)
            table.AddRow(new[] { rule.Id, rule.Name, SeverityOf(rule), StageOf(rule), FixOf(rule), rule.Title }.Select(Markup.Escape).ToArray());

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // In a file or a pipe a line is a rule: nothing is wrapped there.
        if (Console.IsOutputRedirected)
            console.Profile.Width = 400;
        console.Write(table);
    }

    private static string SeverityOf(Rule rule) => KebabCase.ToKebabCase(rule.Severity);

    private static string StageOf(Rule rule) => rule.Stage == MigrationStage.None ? "-" : KebabCase.ToKebabCase(rule.Stage);

    private static string FixOf(Rule rule) => rule.Fix == FixKind.None ? "-" : KebabCase.ToKebabCase(rule.Fix);
}
