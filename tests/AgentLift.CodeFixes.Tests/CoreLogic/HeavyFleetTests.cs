using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>The heavy loads of the legacy fleet.</summary>
public class HeavyFleetTests
{
    [Fact]
    public async Task What_the_legacy_fleet_loads_early_becomes_lazy_or_is_explained()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples/LegacyFleet"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));
        var solution = LiftVerifier.SolutionOf(files);
        solution = solution.WithProjectCompilationOptions(solution.ProjectIds[0], new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
        var before = (await LiftVerifier.ErrorsAsync(solution)).Select(WithoutPosition);

        var lifted = await StageLift.ApplyAsync(
            solution,
            [new AgentPipeline(new AgentPass(new BaseAgentRewriter(), new ConsoleLoggingRewriter()), new AgentPass(new HeavyLoadRewriter()))],
            LiftOptions.Everything,
            CancellationToken.None);

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).Where(error => !before.Contains(WithoutPosition(error))).ShouldBeEmpty();
        Loads(lifted, agent => agent.Before).ShouldBe(16);
        Loads(lifted, agent => agent.After).ShouldBe(2);
        lifted.Agents.SelectMany(agent => agent.Obstacles).Where(obstacle => obstacle.RuleId.StartsWith("AGL400", StringComparison.Ordinal)).Select(obstacle => obstacle.Reason).Order(StringComparer.Ordinal).ShouldBe(
        [
            "the load of _faces also sets _vramUsedMb",
            "the load of _llm also sets _vramUsedMb",
        ]);
    }

    private static int Loads(LiftedSolution lifted, Func<LiftedAgent, IEnumerable<Core.Findings.SettledEvidence>> evidence) =>
        lifted.Agents.SelectMany(evidence).Count(found => new HeavyLoadRewriter().RuleIds.Contains(found.Rule.Id));

    private static string WithoutPosition(string error) => error[(error.IndexOf("): ", StringComparison.Ordinal) + 3)..];
}
