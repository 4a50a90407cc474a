using System.Text.Json.Nodes;
using AgentLift.Generators.ModelManagers;
using AgentLift.Generators.ModelManagers.Files;
using AgentLift.Testing;

namespace AgentLift.Conventions.Tests;

/// <summary>The schema of models files and their page say what the generator reads.</summary>
public class ModelsFileTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "models.schema.json")))!;

    private static JsonObject Keys => Schema["$defs"]!["model"]!["properties"]!.AsObject();

    [Fact]
    public void The_schema_has_the_keys_that_the_generator_reads_and_says_what_they_mean()
    {
        Keys.Select(key => key.Key).ShouldBe(ModelsFileEntry.Keys);
        Keys.ShouldAllBe(key => key.Value!["description"]!.GetValue<string>().Length > 20);
    }

    [Theory]
    [InlineData("precision", "Precision")]
    [InlineData("warmup", "Warmup")]
    public void The_schema_has_the_values_that_the_generator_knows(string key, string option) =>
        Names(Keys[key]!["enum"]!).ShouldBe(ModelEnumeration.Of(option).Members.Select(member => ModelEnumeration.NameInFiles(member.Name)));

    [Fact]
    public void The_schema_has_the_fallbacks_that_the_generator_knows() =>
        Names(Keys["fallback"]!["items"]!["enum"]!).ShouldBe(ModelEnumeration.Of("Fallback").Members.Select(member => ModelEnumeration.NameInFiles(member.Name)));

    [Fact]
    public void The_page_lists_every_key_as_the_schema_has_it()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "model-manager.md"));

        foreach (var key in Keys)
            page.ShouldContain($"| `{key.Key}` | {key.Value!["description"]!.GetValue<string>()} |");
    }

    private static IEnumerable<string> Names(JsonNode values) => values.AsArray().Select(value => value!.GetValue<string>());
}
