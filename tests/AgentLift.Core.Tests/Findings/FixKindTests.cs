using AgentLift.Core.Facts;
using AgentLift.Core.Rules;
using AgentLift.Core.Settings;
using AgentLift.Testing;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core.Tests.Findings;

/// <summary>A finding says what a fix of its own place promises, and why there is none where its rule has one.</summary>
public class FixKindTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, FixKindCases.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_finding_is_safe_or_says_why_not(int index)
    {
        var expected = FixKindCases.All[index];
        var compilation = TestCompilation.Create([("PumpAgent.cs", expected.Source)]).ThatCompiles();
        var reader = new AgentReader(compilation, new WrittenCode(new AnalyzerOptions([]).AnalyzerConfigOptionsProvider), FleetData.Read([], SettingsOverrides.None, problem => Assert.Fail(problem.ToString()), CancellationToken.None), CancellationToken.None);

        var agent = reader.Read(compilation.GetSymbolsWithName("PumpAgent").OfType<Microsoft.CodeAnalysis.INamedTypeSymbol>().Single(), AgentSettings.Default, CancellationToken.None).ShouldNotBeNull(expected.ToString());

        var found = agent.Findings.Evidence.Where(evidence => evidence.Rule.Id == expected.RuleId).ShouldHaveSingleItem(expected.ToString());
        found.FixObstacle.ShouldBe(expected.Obstacle, expected.ToString());
        found.Fix.ShouldBe(expected.Obstacle is null ? FixKind.Safe : FixKind.None);
    }
}
