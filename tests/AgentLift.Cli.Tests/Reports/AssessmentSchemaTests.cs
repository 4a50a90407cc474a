using System.Text.Json;
using System.Text.Json.Nodes;
using AgentLift.Cli.Reports.Json;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class AssessmentSchemaTests
{
    private static readonly JsonElement Document = ReadSchema();
    private static readonly JsonSchema Schema = new(Document);

    public static TheoryData<string, Action<JsonNode>> Violations { get; } = new()
    {
        { "a key too many at the top", report => report["group"] = "gpu" },
        { "a key too many in an agent", report => report["agents"]![0]!["machine"] = "main-pc" },
        { "a key too many in evidence", report => report["agents"]![0]!["evidence"]![0]!["fingerprint"] = "00" },
        { "a missing key", report => report.AsObject().Remove("matrix") },
        { "a missing level", report => report["summary"]!["byLevel"]!.AsObject().Remove("critical") },
        { "a level in another spelling", report => report["agents"]![0]!["level"] = "Critical" },
        { "a stage that is none", report => report["agents"]![0]!["evidence"]![0]!["stage"] = "coreLogic" },
        { "a fix that is none", report => report["agents"]![0]!["evidence"]![0]!["fix"] = "maybe" },
        { "a rule id that is none", report => report["agents"]![0]!["evidence"]![0]!["rule"] = "CS0168" },
        { "a score with a fraction", report => report["agents"]![0]!["score"] = 34.375 },
        { "a score as text", report => report["agents"]![0]!["score"] = "35" },
        { "a negative count", report => report["summary"]!["legacy"] = -1 },
        { "a candidate beyond ten", report => report["agents"]![0]!["candidate"]!["score"] = 10.5 },
        { "an adoption beyond all", report => report["summary"]!["adoptionPercent"] = 100.1 },
        { "a line before the first", report => report["agents"]![0]!["evidence"]![0]!["line"] = 0 },
        { "an empty name", report => report["agents"]![0]!["name"] = "" },
        { "a null where none may be", report => report["errors"]![0]!["message"] = null },
        { "a list that is none", report => report["agents"] = new JsonObject() },
    };

    [Fact]
    public void Every_report_keeps_the_schema()
    {
        foreach (var fleet in new[] { SampleFleet.Fourteen, SampleFleet.Empty, SampleFleet.ErrorsOnly, SampleFleet.Hostile, SampleFleet.Large(200) })
            Validate(Report(fleet)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Violations), DisableDiscoveryEnumeration = true)]
    public void A_broken_report_breaks_the_schema(string what, Action<JsonNode> breakIt)
    {
        var report = JsonNode.Parse(Report(SampleFleet.Fourteen))!;
        breakIt(report);
        Validate(report.ToJsonString()).ShouldHaveSingleItem(what);
    }

    [Fact]
    public void A_keyword_that_the_tests_cannot_check_is_refused()
    {
        using var schema = JsonDocument.Parse("""{ "oneOf": [] }""");
        using var anything = JsonDocument.Parse("1");
        Should.Throw<NotSupportedException>(() => new JsonSchema(schema.RootElement).Validate(anything.RootElement));
    }

    [Fact]
    public void Every_property_is_described_and_every_object_closed()
    {
        var objects = Objects(Document).ToList();
        objects.Count.ShouldBeGreaterThan(6);
        foreach (var part in objects)
        {
            part.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
            foreach (var property in part.GetProperty("properties").EnumerateObject())
                (property.Value.TryGetProperty("description", out _) || property.Value.TryGetProperty("$ref", out _)).ShouldBeTrue(property.Name);
            part.GetProperty("required").GetArrayLength().ShouldBe(part.GetProperty("properties").EnumerateObject().Count());
        }
    }

    [Fact]
    public void The_schema_lies_beside_the_tool_as_well()
    {
        var beside = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "assessment.schema.json"));
        using var document = JsonDocument.Parse(beside);
        JsonElement.DeepEquals(document.RootElement, Document).ShouldBeTrue();
    }

    private static string Report(FleetAssessment fleet) => new JsonReport().Text(fleet);

    private static IReadOnlyList<string> Validate(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Validate(document.RootElement);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            yield break;
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            yield return schema;
        foreach (var part in schema.EnumerateObject().SelectMany(member => Objects(member.Value)))
            yield return part;
    }

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(JsonReport).Assembly.GetManifestResourceStream("assessment.schema.json").ShouldNotBeNull();
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
