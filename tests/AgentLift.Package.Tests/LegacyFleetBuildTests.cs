using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Package.Tests;

/// <summary>The legacy fleet, copied out of the repository, built with the packed package.</summary>
[Collection(PackageTests.Name)]
public class LegacyFleetBuildTests(PackedPackage package)
{
    [Fact]
    public async Task Strict_fails_the_build_and_names_the_places_and_assess_passes()
    {
        var folder = package.NewConsumerFolder("legacy");
        CopyFolder(Path.Combine(Repository.Root, "samples", "LegacyFleet"), Path.Combine(folder, "LegacyFleet"));
        var solution = Path.Combine("LegacyFleet", "LegacyFleet.sln");

        var strict = await Dotnet.RunAsync(folder, "build", solution, "-warnaserror", "-p:AgentLiftPreset=strict", "-tl:off");
        var assess = await Dotnet.RunAsync(folder, "build", solution, "-warnaserror", "-p:AgentLiftPreset=assess", "-tl:off");

        strict.ExitCode.ShouldBe(1, strict.Output);
        strict.Output.ShouldMatch(@"TutorAgent\.cs\(\d+,\d+\): error AGL2001: 'AcceptLoop'");
        strict.Output.ShouldMatch(@"TutorAgent\.cs\(\d+,\d+\): error AGL1001: 'TutorAgent'");
        assess.ExitCode.ShouldBe(0, assess.Output);
        assess.Output.ShouldContain("0 Warning(s)");
    }

    [Fact]
    public async Task Dotnet_format_lifts_the_fleet_as_the_tool_does_and_strict_passes_once_what_is_left_is_accepted()
    {
        var folder = package.NewConsumerFolder("formatted");
        var migrated = Path.Combine(folder, "migrated");
        foreach (var copy in new[] { folder, migrated })
            CopyFolder(Path.Combine(Repository.Root, "samples", "LegacyFleet"), Path.Combine(copy, "LegacyFleet"));
        PackedPackage.ReferenceRuntime(folder);
        var solution = Path.Combine("LegacyFleet", "LegacyFleet.sln");
        string[] strict = ["build", solution, "-warnaserror", "-p:AgentLiftPreset=strict", "-tl:off"];
        (await Dotnet.RunAsync(folder, strict)).ExitCode.ShouldBe(1);

        // Stage by stage: within one run, dotnet format takes the ids in an order that is another one each time.
        foreach (var stage in new[] { MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration })
        {
            var format = await Dotnet.RunAsync(folder, ["format", "analyzers", solution, "--diagnostics", .. FixableOf(stage), "--severity", "info", "--no-restore"]);
            format.ExitCode.ShouldBe(0, format.Output);
        }

        var migrate = await Dotnet.RunAsync(migrated, PackedPackage.ToolPath, "migrate", solution, "--yes", "--batch-size", "100");

        migrate.ExitCode.ShouldBe(0, migrate.Output);
        var formatted = CodeOf(Path.Combine(folder, "LegacyFleet"));
        var lifted = CodeOf(Path.Combine(migrated, "LegacyFleet"));
        formatted.Keys.ShouldBe(lifted.Keys);
        formatted.Keys.ShouldAllBe(file => formatted[file] == lifted[file]);
        formatted.Values.Count(code => code.Contains(" : BaseAgent", StringComparison.Ordinal)).ShouldBe(14);

        var left = await Dotnet.RunAsync(folder, strict);
        var accept = await Dotnet.RunAsync(folder, PackedPackage.ToolPath, "exception", "accept", solution, "--no-restore", "--reason", "decided by hand", "--review", "2030-01-31");
        var passed = await Dotnet.RunAsync(folder, strict);

        left.Output.ShouldMatch(@"TutorAgent\.cs\(\d+,\d+\): error AGL1002");
        left.Output.ShouldNotContain("error AGL1001");
        accept.ExitCode.ShouldBe(0, accept.Output);
        passed.ExitCode.ShouldBe(0, passed.Output);
    }

    [Fact]
    public async Task An_unknown_preset_fails_with_the_names_of_the_known_ones()
    {
        var folder = package.NewConsumerFolder("unknown-preset");
        File.WriteAllText(
            Path.Combine(folder, "Small.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

        var build = await Dotnet.RunAsync(folder, "build", "-p:AgentLiftPreset=harsh", "-tl:off");

        build.ExitCode.ShouldBe(1);
        build.Output.ShouldContain("AgentLiftPreset is 'harsh'; use assess, recommended or strict.");
    }

    private static IEnumerable<string> FixableOf(MigrationStage stage) => RuleTable.All.Where(rule => rule.Fix != FixKind.None && rule.Stage == stage).Select(rule => rule.Id);

    private static SortedDictionary<string, string> CodeOf(string fleet) => new(
        Directory.EnumerateFiles(fleet, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(fleet, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .ToDictionary(file => Path.GetRelativePath(fleet, file), File.ReadAllText),
        StringComparer.Ordinal);

    /// <summary>Copies what people wrote: nothing that was built or made by a run.</summary>
    internal static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "data" or ".agentlift"))
                continue;
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
