using AgentLift.Analyzers;
using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Conventions.Tests;

public class RuleTests
{
    public static TheoryData<string> Ids => new(RuleTable.All.Select(rule => rule.Id));

    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = RuleTable.All.Select(rule => rule.Id).ToList();

        ids.ShouldBeUnique();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_constant_bears_the_name_of_the_rule(string id)
    {
        var rule = RuleTable.Get(id);

        typeof(RuleIds).GetField(rule.Name)?.GetRawConstantValue().ShouldBe(id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_detector_and_its_tests_bear_the_name_of_the_rule(string id)
    {
        var rule = RuleTable.Get(id);

        // Rules about the score and about data files have no detector of their own; what a generator cannot use, the generator sees.
        if (rule.Family == 0)
            return;
        if (rule.Family != RuleFamilies.Generators)
            typeof(RuleTable).Assembly.GetTypes().ShouldContain(type => type.Name == rule.Name + "Detector");
        Directory.GetFiles(Path.Combine(Repository.Root, "tests"), rule.Name + "Tests.cs", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_analyzer_or_a_generator_supports_the_rule_with_its_help_link(string id)
    {
        var descriptor = new AgentAnalyzer().SupportedDiagnostics.Concat(Generators.Descriptors.All).Single(candidate => candidate.Id == id);

        descriptor.HelpLinkUri.ShouldBe(RuleTable.Get(id).HelpLink);
        descriptor.DefaultSeverity.ShouldBe(RuleTable.Get(id).Severity);
        descriptor.Description.ToString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("assess", "suggestion")]
    [InlineData("recommended", null)]
    [InlineData("strict", "error")]
    public void A_preset_names_every_rule(string preset, string? severity)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "rules", "presets", preset + ".globalconfig"))
            .Where(line => line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal))
            .ToList();

        lines.Select(line => line.Split('.')[1]).ShouldBe(RuleTable.All.Select(rule => rule.Id));
        foreach (var (rule, line) in RuleTable.All.Zip(lines))
        {
            // What is an error by itself has no body, or lets no host start: the build fails with any preset.
            if ((rule.Severity == DiagnosticSeverity.Error ? "error" : severity) is { } expected)
                line.ShouldEndWith(" = " + expected);
        }
    }

    [Fact]
    public void The_overview_lists_every_rule_as_the_table_has_it()
    {
        var overview = File.ReadAllText(Path.Combine(Repository.Root, "rules", "README.md"));

        foreach (var rule in RuleTable.All)
            overview.ShouldContain($"| [{rule.Id}]({rule.Id}.md) | {rule.Name} | {rule.Title} | {rule.Stage.ToKebabCase()} |");
    }

    [Fact]
    public void Every_rule_is_tracked_as_released_or_not()
    {
        var tracked = new[] { "AgentLift.Analyzers", "AgentLift.Generators" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "AnalyzerReleases.*.md"))
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("AGL", StringComparison.Ordinal))
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
            .ToDictionary(cells => cells[0]);

        tracked.Keys.Order(StringComparer.Ordinal).ShouldBe(RuleTable.All.Select(rule => rule.Id));
        foreach (var rule in RuleTable.All)
        {
            tracked[rule.Id][1].ShouldBe(rule.Category);
            tracked[rule.Id][2].ShouldBe(rule.Severity.ToString());
        }
    }
}
