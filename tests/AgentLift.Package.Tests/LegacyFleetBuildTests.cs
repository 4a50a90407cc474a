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
    public async Task Dotnet_format_moves_the_fleet_onto_the_runtime_and_it_builds_without_warnings()
    {
        var folder = package.NewConsumerFolder("formatted");
        CopyFolder(Path.Combine(Repository.Root, "samples", "LegacyFleet"), Path.Combine(folder, "LegacyFleet"));
        PackedPackage.ReferenceRuntime(folder);
        var solution = Path.Combine("LegacyFleet", "LegacyFleet.sln");
        (await Dotnet.RunAsync(folder, "build", solution, "-tl:off")).ExitCode.ShouldBe(0);

        var format = await Dotnet.RunAsync(folder, "format", "analyzers", solution, "--diagnostics", "AGL1001", "AGL1004", "--severity", "info", "--no-restore");
        var build = await Dotnet.RunAsync(folder, "build", solution, "-warnaserror", "-p:AgentLiftPreset=assess", "-tl:off");

        format.ExitCode.ShouldBe(0, format.Output);
        build.ExitCode.ShouldBe(0, build.Output);
        var agents = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Count(file => File.ReadAllText(file).Contains(" : BaseAgent", StringComparison.Ordinal));
        agents.ShouldBe(14, format.Output);
        File.ReadAllText(Path.Combine(folder, "LegacyFleet", "Fleet.Dialogue", "TutorAgent.cs")).ShouldContain("[LoggerMessage(LogLevel.Information, \"tutor listening on {Port}, {LessonsCount} lessons, {EmbeddingsCount} words\")]");
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
