using AgentLift.Core.Findings;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests;

/// <summary>A finding says what a fix of its own place promises, and why there is none where its rule has one.</summary>
public class FixKindTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, FixKindCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_finding_is_safe_or_says_why_not(int index)
    {
        var expected = FixKindCases.All[index];
        var compilation = TestCompilation.Create([("PumpAgent.cs", expected.Source)]).ThatCompiles();

        var found = (await new AnalyzerRun().Diagnostics(compilation)).Where(diagnostic => diagnostic.Id == expected.RuleId).ToList();

        found.Count.ShouldBe(1, expected.ToString());
        found[0].Properties.GetValueOrDefault(DiagnosticProperties.FixObstacle).ShouldBe(expected.Obstacle, expected.ToString());
        found[0].Properties[DiagnosticProperties.Fix].ShouldBe(expected.Obstacle is null ? "safe" : "none");
    }
}
