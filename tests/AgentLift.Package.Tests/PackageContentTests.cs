using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace AgentLift.Package.Tests;

[Collection(PackageTests.Name)]
public class PackageContentTests(PackedPackage package)
{
    [Fact]
    public void The_package_holds_analyzers_data_and_presets_and_nothing_to_run()
    {
        using var archive = ZipFile.OpenRead(package.PackagePath);
        var files = archive.Entries.Select(entry => entry.FullName).ToList();

        files.ShouldContain("analyzers/dotnet/cs/AgentLift.Analyzers.dll");
        files.ShouldContain("analyzers/dotnet/cs/AgentLift.CodeFixes.dll");
        files.ShouldContain("analyzers/dotnet/cs/AgentLift.Core.dll");
        files.ShouldNotContain("analyzers/dotnet/cs/AgentLift.Generators.dll", "the runtime's package brings them, and twice would generate twice");
        files.ShouldContain("build/AgentLift.targets");
        files.ShouldContain("rules/risk-matrix.json");
        foreach (var preset in new[] { "assess", "recommended", "strict" })
            files.ShouldContain($"build/presets/{preset}.globalconfig");
        files.ShouldNotContain(file => file.StartsWith("lib/", StringComparison.Ordinal));
        files.ShouldNotContain(file => file.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public void The_package_of_the_runtime_brings_the_generators_and_what_they_need()
    {
        using var archive = ZipFile.OpenRead(package.RuntimePackagePath);

        archive.Entries.Select(entry => entry.FullName).Where(file => file.StartsWith("analyzers/", StringComparison.Ordinal)).ShouldBe(
            [
                "analyzers/dotnet/cs/AgentLift.Core.dll",
                "analyzers/dotnet/cs/AgentLift.Generators.dll",
                "analyzers/dotnet/cs/Microsoft.Bcl.AsyncInterfaces.dll",
                "analyzers/dotnet/cs/System.Text.Encodings.Web.dll",
                "analyzers/dotnet/cs/System.Text.Json.dll",
            ],
            ignoreOrder: true);
    }

    // Elsewhere than on linux-x64 the package is made without.
    [Fact]
    public void The_package_of_the_runtime_is_portable_and_compiled_ahead_of_time_for_one_platform()
    {
        using var archive = ZipFile.OpenRead(package.RuntimePackagePath);

        var assemblies = archive.Entries.Where(entry => entry.Name == "AgentLift.Runtime.dll").ToDictionary(entry => entry.FullName, HasNativeCode);

        assemblies["lib/net10.0/AgentLift.Runtime.dll"].ShouldBeFalse("every platform without an assembly of its own takes this one");
        if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
            assemblies["runtimes/linux-x64/lib/net10.0/AgentLift.Runtime.dll"].ShouldBeTrue();
        assemblies.Keys.ShouldAllBe(file => file.StartsWith("lib/", StringComparison.Ordinal) || file.StartsWith("runtimes/linux-x64/", StringComparison.Ordinal));
    }

    private static bool HasNativeCode(ZipArchiveEntry assembly)
    {
        using var content = new MemoryStream();
        using (var packed = assembly.Open())
            packed.CopyTo(content);
        content.Position = 0;
        using var reader = new PEReader(content);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    [Fact]
    public void The_package_depends_on_nothing()
    {
        using var archive = ZipFile.OpenRead(package.PackagePath);
        using var reader = new StreamReader(archive.GetEntry("AgentLift.nuspec")!.Open());

        reader.ReadToEnd().ShouldNotContain("<dependency ");
    }
}
