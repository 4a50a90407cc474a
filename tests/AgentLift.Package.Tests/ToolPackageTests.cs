using System.Runtime.InteropServices;
using AgentLift.Testing;

namespace AgentLift.Package.Tests;

[Collection(PackageTests.Name)]
public class ToolPackageTests
{
    // Elsewhere than on linux-x64 the package is made without.
    [Fact]
    public async Task The_installed_tool_runs_what_is_compiled_ahead_of_time_for_its_platform_and_else_what_is_portable()
    {
        var root = Directory.CreateTempSubdirectory("agentlift-tool-").FullName;
        try
        {
            var packed = await Dotnet.RunAsync(Repository.Root, "pack", "src/AgentLift.Cli/AgentLift.Cli.csproj", "--no-restore", "-c", "Release", "-o", root);
            packed.ExitCode.ShouldBe(0, packed.Output);
            var installed = await Dotnet.RunAsync(root, "tool", "install", "AgentLift.Tool", "--tool-path", "tool", "--source", root, "--version", PackedPackage.Version);
            installed.ExitCode.ShouldBe(0, installed.Output);
            var tool = Path.GetDirectoryName(Directory.GetFiles(Path.Combine(root, "tool"), "agentlift.dll", SearchOption.AllDirectories).First(file => !file.Contains("runtimes", StringComparison.Ordinal)))!;
            var precompiled = Path.Combine(tool, "runtimes", "linux-x64", "lib", "net10.0");
            Directory.GetFiles(tool, "AgentLift.*.dll").Select(Path.GetFileName).ShouldBe(["AgentLift.CodeFixes.dll", "AgentLift.Core.dll", "AgentLift.Migration.dll"], ignoreOrder: true);

            if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
            {
                foreach (var portable in Directory.GetFiles(tool, "AgentLift.*.dll"))
                {
                    File.Exists(Path.Combine(precompiled, Path.GetFileName(portable))).ShouldBeTrue(portable);
                    File.Delete(portable);
                }
            }

            var rules = await Dotnet.RunAsync(root, Path.Combine(tool, "agentlift.dll"), "rules");
            rules.ExitCode.ShouldBe(0, rules.Output);
            rules.Output.ShouldContain("AGL1001");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
