using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace AgentLift.CodeFixes.Tests;

public class LegacyFleetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(MigrationStage.Infrastructure)]
    [InlineData(MigrationStage.CoreLogic)]
    [InlineData(MigrationStage.Integration)]
    public async Task A_stage_of_the_legacy_fleet_compiles(MigrationStage stage)
    {
        var solution = Fleet();

        // Packages that the fleet uses are not here: what does not compile before does not compile afterwards, and nothing else.
        var before = (await LiftVerifier.ErrorsAsync(solution)).Select(WithoutPosition);

        var lifted = await StageLift.ApplyAsync(solution, stage, LiftOptions.Everything, CancellationToken.None);

        foreach (var agent in lifted.Agents)
            output.WriteLine($"{agent.Agent}: {(agent.Changed ? "lifted" : "not lifted")} {string.Join("; ", agent.Obstacles.Select(obstacle => obstacle.Reason))}");
        lifted.Agents.Count(agent => agent.Changed).ShouldBe(14);
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).Where(error => !before.Contains(WithoutPosition(error))).ShouldBeEmpty();
        if (stage == MigrationStage.CoreLogic)
            Loops(lifted).ShouldBe(["AGL2001 AsyncProcessor", "AGL2006 AsyncProcessor", "AGL2008 StreamingSpeechServer"], "a thread that is interrupted, and a handler of AggregateException among other things that throw, are left for a person");
    }

    private static Solution Fleet()
    {
        var root = Path.Combine(Repository.Root, "samples/LegacyFleet");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));
        var solution = LiftVerifier.SolutionOf(files);
        return solution.WithProjectCompilationOptions(solution.ProjectIds[0], new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
    }

    [Fact]
    public async Task No_finding_is_left_that_a_safe_fix_would_remove()
    {
        var lifted = await StageLift.ApplyAsync(Fleet(), MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        // Without the fleet's packages, one value that is logged has no type.
        lifted.Agents.SelectMany(agent => agent.After.Where(evidence => evidence.Fix == FixKind.Safe && evidence.Rule.Id != RuleIds.ConsoleLogging)
                .Select(evidence => $"{agent.Agent}: {evidence.Rule.Id} {evidence.Message}"))
            .ShouldBeEmpty();
        lifted.Agents.SelectMany(agent => agent.After).Where(evidence => evidence.FixObstacle is not null).Select(evidence => $"{evidence.Rule.Id}: {evidence.FixObstacle}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "AGL1005: Handle returns a value, with which its caller would go on",
            "AGL1006: _peers is an array, which has no names to look up: say by hand whom to ask in IAgentDirectory",
            "AGL1006: the addresses of services are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand",
            "AGL2001: _workers is used for more than to start its threads and to wait for them: let the agent's loops answer what is asked of it",
            "AGL4001: the load of _llm also sets _vramUsedMb",
            "AGL4002: the load of _faces also sets _vramUsedMb",
        ]);
    }

    [Fact]
    public async Task No_model_manager_is_written_against_a_stand_in_that_its_loaders_would_not_compile_with()
    {
        var lifted = await StageLift.ApplyAsync(Fleet(), MigrationStage.Integration, LiftOptions.Everything with { IncludeAssisted = true }, CancellationToken.None);

        var texts = await Task.WhenAll(lifted.Solution.Projects.Single().Documents.Select(async document => (await document.GetTextAsync()).ToString()));
        texts.ShouldAllBe(text => !text.Contains("[ModelManager]", StringComparison.Ordinal));
        lifted.Agents.SelectMany(agent => agent.Obstacles).Where(obstacle => obstacle.RuleId == RuleIds.UnmanagedModelLoad).Select(obstacle => obstacle.Reason)
            .ShouldContain("the TorchSharp that Fleet refers to has no torch.empty, which the loaders of a manager need");
    }

    private static IEnumerable<string> Loops(LiftedSolution lifted) => lifted.Agents
        .SelectMany(agent => agent.After.Where(evidence => evidence.Rule.Id.StartsWith("AGL2", StringComparison.Ordinal)).Select(evidence => $"{evidence.Rule.Id} {agent.Agent[(agent.Agent.LastIndexOf('.') + 1)..]}"))
        .Order(StringComparer.Ordinal);

    private static string WithoutPosition(string error) => error[(error.IndexOf("): ", StringComparison.Ordinal) + 3)..];
}
