using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Conventions.Tests;

public class RulePageTests
{
    public static TheoryData<string> Ids => new(RuleTable.All.Select(rule => rule.Id));

    public static TheoryData<string> IdsWithSample =>
        new(RuleTable.All.Where(rule => rule.Id != RuleIds.UnusableDataFile).Select(rule => rule.Id));

    public static TheoryData<string> IdsOfGenerators =>
        new(RuleTable.All.Where(rule => rule.Family == RuleFamilies.Generators).Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_what_the_rule_table_says(string id)
    {
        var rule = RuleTable.Get(id);
        var page = new RulePage(id);

        page.Heading.ShouldBe($"# {rule.Id}: {rule.Name}");
        page.Cell("Stage").ShouldBe(rule.Stage.ToKebabCase());
        page.Cell("Fix").ShouldBe(rule.Fix.ToKebabCase());
        page.Cell("Default severity").ShouldStartWith(rule.Severity.ToString().ToLowerInvariant());
        rule.HelpLink.ShouldEndWith($"/rules/{rule.Id}.md");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_has_every_section(string id)
    {
        var page = new RulePage(id);

        foreach (var section in new[] { "What", "Why", "Before", "After", "Options", "When to suppress" })
            page.Section(section).Trim().Length.ShouldBeGreaterThan(20, $"{id} {section}");
    }

    [Theory]
    [MemberData(nameof(IdsWithSample))]
    public async Task The_sample_of_the_page_breaks_the_rule(string id)
    {
        var page = new RulePage(id);
        var files = page.Code("Before").Select((code, index) => ($"Before{index}.cs", code));
        if (RuleTable.Get(id).Family == RuleFamilies.Generators)
        {
            var project = id == RuleIds.TorchSharpMissing ? Lifted.Compile(files) : Lifted.CompileWithTorchSharp(files);
            GeneratorRun.Of(project, page.ModelsFiles("Before")).Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe([id]);
            return;
        }

        var run = id == RuleIds.CriticalRiskAgent ? new AnalyzerRun().With("agentlift.matrix", "points") : new AnalyzerRun();

        var found = await run.Diagnostics(TestCompilation.Create(files).ThatCompiles());

        found.Select(diagnostic => diagnostic.Id).ShouldContain(id, string.Join("\n", found));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_lifted_form_of_the_page_parses(string id)
    {
        foreach (var code in new RulePage(id).Code("After"))
        {
            var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview));
            tree.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(IdsOfGenerators))]
    public void What_the_page_of_a_generator_shows_as_lifted_compiles(string id)
    {
        var page = new RulePage(id);
        var files = page.Code("After").Select((code, index) => ($"After{index}.cs", code));

        var run = GeneratorRun.Of(Lifted.CompileWithTorchSharp(files), page.ModelsFiles("After"));

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.ThatCompiles();
    }
}
