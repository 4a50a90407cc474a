using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace AgentLift.CodeFixes.Tests;

public class LegacyFleetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_infrastructure_stage_of_the_legacy_fleet_compiles()
    {
        var root = Path.Combine(Repository.Root, "samples/LegacyFleet");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));
        var solution = LiftVerifier.SolutionOf(files);
        solution = solution.WithProjectCompilationOptions(solution.ProjectIds[0], new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));

        // Packages that the fleet uses are not here: what does not compile before does not compile afterwards, and nothing else.
        var before = (await LiftVerifier.ErrorsAsync(solution)).Select(WithoutPosition);

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Infrastructure, LiftOptions.Everything, CancellationToken.None);

        foreach (var agent in lifted.Agents)
            output.WriteLine($"{agent.Agent}: {(agent.Changed ? "lifted" : "not lifted")} {string.Join("; ", agent.Obstacles.Select(obstacle => obstacle.Reason))}");
        lifted.Agents.Count(agent => agent.Changed).ShouldBe(14);
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).Where(error => !before.Contains(WithoutPosition(error))).ShouldBeEmpty();
    }

    private static string WithoutPosition(string error) => error[(error.IndexOf("): ", StringComparison.Ordinal) + 3)..];
}
