using System.Text.Json;
using System.Text.RegularExpressions;
using AgentLift.Testing;

namespace AgentLift.Package.Tests;

/// <summary>SPEC section 3: the same code gives the same score in the IDE, in the build and in the tool.</summary>
[Collection(PackageTests.Name)]
public partial class SameScoreTests(PackedPackage package)
{
    [Theory]
    [InlineData("weighted")]
    [InlineData("points")]
    public async Task The_score_is_the_same_in_a_compilation_in_a_build_and_in_the_tool(string matrix)
    {
        var folder = package.NewConsumerFolder("scores-" + matrix);
        foreach (var (path, text) in SmallFleet.Files)
            File.WriteAllText(Path.Combine(folder, path), text);
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), $"root = true\n[*.cs]\nagentlift.matrix = {matrix}\n");
        File.WriteAllText(Path.Combine(folder, "agents.json"), SmallFleet.Manifest);
        File.WriteAllText(
            Path.Combine(folder, "Small.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><AdditionalFiles Include="agents.json" /></ItemGroup>
            </Project>
            """);

        var inCompilation = await ScoresInCompilation(matrix);
        var inBuild = await ScoresInBuild(folder);
        var inTool = await ScoresInTool(folder);

        inCompilation.Count.ShouldBe(SmallFleet.Agents);
        inBuild.ShouldBe(inCompilation);
        inTool.ShouldBe(inCompilation);
    }

    private static async Task<SortedDictionary<string, int>> ScoresInCompilation(string matrix)
    {
        var run = new AnalyzerRun().With("agentlift.matrix", matrix).WithFile("agents.json", SmallFleet.Manifest);
        var diagnostics = await run.Diagnostics(TestCompilation.Create(SmallFleet.Files).ThatCompiles());
        return Scores(string.Join("\n", diagnostics));
    }

    private static async Task<SortedDictionary<string, int>> ScoresInBuild(string folder)
    {
        var build = await Dotnet.RunAsync(folder, "build", "-p:AgentLiftPreset=recommended", "-tl:off", "-p:ErrorLog=build.sarif");
        build.ExitCode.ShouldBe(0, build.Output);
        var log = await File.ReadAllTextAsync(Path.Combine(folder, "build.sarif"));
        return Scores(log.Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    private static async Task<SortedDictionary<string, int>> ScoresInTool(string folder)
    {
        var report = Path.Combine(folder, "report.json");
        var run = await Dotnet.RunAsync(folder, PackedPackage.ToolPath, "assess", "Small.csproj", "--no-restore", "--format", "json", "--output", report);
        run.ExitCode.ShouldBe(0, run.Output);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        return new(document.RootElement.GetProperty("agents").EnumerateArray().ToDictionary(
            agent => agent.GetProperty("type").GetString()!.Split('.')[^1],
            agent => agent.GetProperty("score").GetInt32()));
    }

    private static SortedDictionary<string, int> Scores(string text) =>
        new(ScoreMessage().Matches(text).DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value)));

    [GeneratedRegex(@"'(\w+)' is a legacy agent of \w+ risk, score (\d+):")]
    private static partial Regex ScoreMessage();
}
