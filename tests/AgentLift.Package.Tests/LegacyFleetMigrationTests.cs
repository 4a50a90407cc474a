using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Package.Tests;

/// <summary>The legacy fleet, lifted through all stages by one command, built, run beside its old self, and taken back.</summary>
[Collection(PackageTests.Name)]
public partial class LegacyFleetMigrationTests(PackedPackage package)
{
    private static readonly string[] All = ["--yes", "--batch-pause", "0s"];

    [Fact]
    public async Task One_command_lifts_the_fleet_it_builds_without_warnings_and_every_agent_answers_as_before()
    {
        var (folder, fleet, solution) = NewFleet("migrated");
        var before = Hashes(fleet);
        var scoreBefore = await ScoreAsync(folder, solution);

        var migrate = await ToolAsync(folder, ["migrate", solution, "--stage", "all", .. All]);
        migrate.ExitCode.ShouldBe(0, migrate.Output);
        migrate.Output.ShouldContain("14 agents lifted, 0 put back");

        Directory.EnumerateFiles(fleet, "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("CompatibilityConstructor", StringComparison.Ordinal))
            .ShouldBeEmpty("the host makes every agent");

        var build = await Dotnet.RunAsync(folder, "build", solution, "-warnaserror", "-tl:off");
        build.ExitCode.ShouldBe(0, build.Output);
        (await ScoreAsync(folder, solution)).ShouldBeLessThan(scoreBefore);
        await CheckWhatIsLeftAsync(folder, fleet);
        await CompareAsync(folder, fleet, _ => true);

        // Without what the first run remembers, so that the second looks at everything.
        var lifted = Hashes(fleet);
        File.Delete(Path.Combine(fleet, ".agentlift", "settled.json"));
        var again = await ToolAsync(folder, ["migrate", solution, "--stage", "all", .. All]);
        again.ExitCode.ShouldBe(0, again.Output);
        Hashes(fleet).Except(lifted).Select(file => file.Key).ShouldBeEmpty("a second run must write nothing:\n" + again.Output);

        var rollback = await ToolAsync(folder, "rollback", fleet);
        rollback.ExitCode.ShouldBe(0, rollback.Output);
        Hashes(fleet).Except(before).Select(file => file.Key).ShouldBeEmpty("a rollback restores every byte");
        Hashes(fleet).Count.ShouldBe(before.Count);
    }

    // The stand-in for the message queue talks lines, so that the clients of the sample notice nothing.
    [Fact]
    public async Task With_assisted_rewrites_an_endpoint_takes_the_place_of_the_message_queue_and_answers_as_before()
    {
        var (folder, fleet, solution) = NewFleet("assisted");

        var migrate = await ToolAsync(folder, ["migrate", solution, "--agents", "task-router", "--stage", "all", "--include-assisted", .. All]);

        migrate.ExitCode.ShouldBe(0, migrate.Output);
        var router = await File.ReadAllTextAsync(Path.Combine(fleet, "Fleet.Platform", "TaskRouter.cs"));
        router.ShouldContain("ListenLines(");
        router.ShouldNotContain("ResponseSocket");
        var build = await Dotnet.RunAsync(folder, "build", solution, "-warnaserror", "-tl:off");
        build.ExitCode.ShouldBe(0, build.Output);
        await CompareAsync(folder, fleet, agent => agent == "task-router");
    }

    private (string Folder, string Fleet, string Solution) NewFleet(string name)
    {
        var folder = package.NewConsumerFolder(name);
        PackedPackage.WithoutReferences(folder, Path.Combine(folder, "..", "packages"));
        var fleet = Path.Combine(folder, "LegacyFleet");
        LegacyFleetBuildTests.CopyFolder(Path.Combine(Repository.Root, "samples", "LegacyFleet"), fleet);
        return (folder, fleet, Path.Combine(fleet, "LegacyFleet.sln"));
    }

    // Every safe pattern is gone, and what the marker says is what the report says.
    private static async Task CheckWhatIsLeftAsync(string folder, string fleet)
    {
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")));
        var agents = report.RootElement.GetProperty("agents").EnumerateArray().ToList();

        agents.SelectMany(agent => agent.GetProperty("evidence").EnumerateArray())
            .Where(finding => finding.GetProperty("fix").GetString() == "safe")
            .Select(finding => $"{finding.GetProperty("file")}:{finding.GetProperty("line")} {finding.GetProperty("rule")} {finding.GetProperty("message")}")
            .ShouldBeEmpty("each finding that is left says why no fix of it would be sound");

        agents.SelectMany(agent => agent.GetProperty("evidence").EnumerateArray()).Select(finding => finding.GetProperty("rule").GetString())
            .Where(rule => rule is "AGL4001" or "AGL4002" or "AGL4003")
            .ShouldBeEmpty("nothing heavy is loaded before an agent is ready");

        var markers = Directory.EnumerateFiles(fleet, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Marker().Matches(File.ReadAllText(file)))
            .ToDictionary(marker => marker.Groups["class"].Value, marker => KebabCase.ToKebabCase(Enum.Parse<MigrationStage>(marker.Groups["stage"].Value)));
        markers.Count.ShouldBe(14);
        agents.Where(agent => markers.ContainsKey(NameOf(agent))).ToDictionary(NameOf, agent => agent.GetProperty("stage").GetString()!).ShouldBe(markers, ignoreOrder: true);

        static string NameOf(JsonElement agent) => agent.GetProperty("type").GetString()!.Split('.')[^1];
    }

    [GeneratedRegex(@"\[LiftedAgent\(MigrationStage\.(?<stage>\w+)[^\]]*\](?:(?!\bclass\b)[\s\S])*?\bclass (?<class>\w+)")]
    private static partial Regex Marker();

    // Each side has files of its own: both write databases.
    private static async Task CompareAsync(string folder, string fleet, Func<string, bool> isCompared)
    {
        var program = Path.Combine(fleet, "Fleet.Host", "bin", "Debug", "net10.0");
        var old = Path.Combine(folder, "old");
        LegacyFleetBuildTests.CopyFolder(Path.GetDirectoryName(LegacyHost())!, old);
        (await Dotnet.RunAsync(program, "Fleet.Host.dll", "prepare")).ExitCode.ShouldBe(0);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(program, "data")))
        {
            Directory.CreateDirectory(Path.Combine(old, "data"));
            File.Copy(file, Path.Combine(old, "data", Path.GetFileName(file)));
        }

        var transcripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "LegacyFleet", "transcripts")).Where(file => isCompared(Path.GetFileNameWithoutExtension(file))).Order(StringComparer.Ordinal).ToList();
        transcripts.ShouldNotBeEmpty();
        foreach (var transcript in transcripts)
        {
            var agent = Path.GetFileNameWithoutExtension(transcript);
            var compare = await ToolAsync(
                folder,
                "compare", transcript,
                "--old", $"dotnet {Path.Combine(old, "Fleet.Host.dll")} {agent} --port {{port}}",
                "--new", $"dotnet {Path.Combine(program, "Fleet.Host.dll")} {agent} --port {{port}}",
                "--timeout", "30");
            compare.ExitCode.ShouldBe(0, $"{agent}:\n{compare.Output}");
        }
    }

    private static async Task<int> ScoreAsync(string folder, string solution)
    {
        var report = Path.Combine(folder, "report.json");
        (await ToolAsync(folder, "assess", solution, "--format", "json", "--output", report)).ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        return json.RootElement.GetProperty("summary").GetProperty("totalScore").GetInt32();
    }

    private static Task<DotnetResult> ToolAsync(string folder, params string[] arguments) => Dotnet.RunAsync(folder, [PackedPackage.ToolPath, .. arguments]);

    private static string LegacyHost() =>
        typeof(LegacyFleetMigrationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "Fleet.Host").Value!;

    private static SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file);
            if (!path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".agentlift"))
                hashes[path] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return hashes;
    }
}
