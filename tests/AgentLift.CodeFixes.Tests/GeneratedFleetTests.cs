using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.FleetGenerator;
using Xunit.Abstractions;
using Fleets = AgentLift.FleetGenerator.FleetGenerator;

namespace AgentLift.CodeFixes.Tests;

/// <summary>Agents that nobody wrote for these rewriters, in every form that the generator knows.</summary>
public class GeneratedFleetTests(ITestOutputHelper output)
{
    private const int Agents = 333;

    [Theory]
    [InlineData(1, MigrationStage.Integration)]
    [InlineData(2, MigrationStage.Integration)]
    [InlineData(3, MigrationStage.Integration)]
    public async Task What_is_written_compiles_loses_no_comment_and_is_not_written_again(int seed, MigrationStage stage)
    {
        var fleet = Fleets.Generate(new FleetOptions(seed, Agents));
        var before = LiftVerifier.SolutionOf(fleet.Files.Select(file => (file.Path, file.Text)));
        (await LiftVerifier.ErrorsAsync(before)).ShouldBeEmpty();

        var lifted = await StageLift.ApplyAsync(before, stage, LiftOptions.Everything, CancellationToken.None);

        await ShouldCompileWithAllCommentsAsync(before, lifted.Solution);
        var again = await StageLift.ApplyAsync(lifted.Solution, stage, LiftOptions.Everything, CancellationToken.None);
        again.Agents.Where(agent => agent.Changed).Select(agent => agent.Agent).ShouldBeEmpty();
        output.WriteLine($"seed {seed}: {lifted.Agents.Count(agent => agent.Changed)} of {lifted.Agents.Length} agents changed");
        foreach (var reason in lifted.Agents.SelectMany(agent => agent.Obstacles).GroupBy(obstacle => $"{obstacle.RuleId}: {string.Join(' ', obstacle.Reason.Split(' ').Skip(1).Take(6))}").OrderByDescending(group => group.Count()).Take(15))
            output.WriteLine($"{reason.Count(),5} {reason.Key}");
    }

    // Many patterns in one agent meet in ways that few do; what one of them holds up, the next run may write.
    [Fact]
    public async Task What_is_written_of_agents_that_are_all_patterns_compiles_and_loses_no_comment()
    {
        var fleet = Fleets.Generate(new FleetOptions(Seed: 1, Agents / 3, TargetLines: 27_000, PlainCode: false));
        var before = LiftVerifier.SolutionOf(fleet.Files.Select(file => (file.Path, file.Text)));
        (await LiftVerifier.ErrorsAsync(before)).ShouldBeEmpty();

        var lifted = await StageLift.ApplyAsync(before, MigrationStage.Integration, LiftOptions.Everything, CancellationToken.None);

        await ShouldCompileWithAllCommentsAsync(before, lifted.Solution);
        lifted.Agents.Count(agent => agent.Changed).ShouldBeGreaterThan(Agents / 4);
    }

    [Fact]
    public async Task What_is_written_with_assistance_compiles_loses_no_comment_and_is_not_written_again()
    {
        var fleet = Fleets.Generate(new FleetOptions(4, Agents / 3));
        var before = LiftVerifier.SolutionOf(fleet.Files.Select(file => (file.Path, file.Text)));
        var options = LiftOptions.Everything with { IncludeAssisted = true };

        var lifted = await StageLift.ApplyAsync(before, MigrationStage.Infrastructure, options, CancellationToken.None);

        (await LiftVerifier.ErrorsAsync(lifted.Solution)).Take(5).ShouldBeEmpty();
        foreach (var id in before.Projects.Single().DocumentIds)
            Comments((await before.GetDocument(id)!.GetSyntaxRootAsync())!).Except(Comments((await lifted.Solution.GetDocument(id)!.GetSyntaxRootAsync())!)).ShouldBeEmpty(before.GetDocument(id)!.FilePath);
        var again = await StageLift.ApplyAsync(lifted.Solution, MigrationStage.Infrastructure, options, CancellationToken.None);
        again.Agents.Where(agent => agent.Changed).Select(agent => agent.Agent).ShouldBeEmpty();
        output.WriteLine($"{lifted.Agents.Count(agent => agent.Changed)} of {lifted.Agents.Length} agents changed, {lifted.Agents.Sum(agent => agent.Settings.Length)} settings");
    }

    private static async Task ShouldCompileWithAllCommentsAsync(Microsoft.CodeAnalysis.Solution before, Microsoft.CodeAnalysis.Solution after)
    {
        (await LiftVerifier.ErrorsAsync(after)).Take(5).ShouldBeEmpty();
        foreach (var id in before.Projects.Single().DocumentIds)
            Comments((await after.GetDocument(id)!.GetSyntaxRootAsync())!).ShouldBe(Comments((await before.GetDocument(id)!.GetSyntaxRootAsync())!), before.GetDocument(id)!.FilePath);
    }

    private static List<string> Comments(Microsoft.CodeAnalysis.SyntaxNode root) =>
        [.. root.DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => trivia.IsDirective || trivia.ToString().StartsWith('/'))
            .Select(trivia => trivia.ToString().Trim())
            .Where(text => text != "/// <summary>For callers that still make the agent by hand.</summary>")
            .Order(StringComparer.Ordinal)];
}
