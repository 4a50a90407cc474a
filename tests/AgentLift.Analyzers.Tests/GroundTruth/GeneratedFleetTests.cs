using AgentLift.FleetGenerator;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Fleets = AgentLift.FleetGenerator.FleetGenerator;

namespace AgentLift.Analyzers.Tests.GroundTruth;

/// <summary>Recall and false alarms over generated fleets whose evidence is known line by line.</summary>
public class GeneratedFleetTests
{
    private const int Agents = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_evidence_of_a_thousand_agents_is_found_and_nothing_else(int seed)
    {
        var fleet = Fleets.Generate(new FleetOptions(seed, Agents));
        var compilation = TestCompilation.Create(fleet.Files.Select(file => (file.Path, file.Text)));

        var found = Places(await new AnalyzerRun().Diagnostics(compilation));

        var expected = fleet.Expected.Select(evidence => $"{evidence.File}({evidence.Line}): {evidence.RuleId}").ToList();
        Minus(expected, found).ShouldBeEmpty("missed");
        Minus(found, expected).ShouldBeEmpty("reported without reason");
        expected.Count.ShouldBeGreaterThan(5 * Agents);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Damaged_code_never_breaks_the_analyzer(int seed)
    {
        var fleet = Fleets.Generate(new FleetOptions(seed, 200, Compilable: false));

        // An exception of the analyzer fails the run.
        var found = await new AnalyzerRun().Diagnostics(TestCompilation.Create(fleet.Files.Select(file => (file.Path, file.Text))));

        found.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_missing_place_is_noticed() =>
        Minus(["A.cs(1): AGL2001", "A.cs(1): AGL2001"], ["A.cs(1): AGL2001"]).ShouldBe(["A.cs(1): AGL2001"]);

    private static List<string> Places(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics
            .Where(diagnostic => diagnostic.Id[3] != '0')
            .Select(diagnostic => (Span: diagnostic.Location.GetLineSpan(), diagnostic.Id))
            .Select(item => $"{item.Span.Path}({item.Span.StartLinePosition.Line + 1}): {item.Id}")];

    // Differences of bags: a rule may be broken twice on a line.
    private static List<string> Minus(IEnumerable<string> left, IEnumerable<string> right)
    {
        var rest = right.GroupBy(place => place).ToDictionary(group => group.Key, group => group.Count());
        var difference = new List<string>();
        foreach (var place in left)
        {
            if (rest.TryGetValue(place, out var count) && count > 0)
                rest[place] = count - 1;
            else
                difference.Add(place);
        }

        difference.Sort(StringComparer.Ordinal);
        return difference;
    }
}
