using System.Reflection;
using AgentLift.Testing;

namespace AgentLift.Package.Tests;

/// <summary>Tests that share one packed package, and run one build at a time.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackedPackage>
{
    public const string Name = "package";
}

/// <summary>The package, packed once into a feed of its own, and projects outside the repository that consume it.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("agentlift-package-").FullName;

    public static string Version { get; } = Metadata("PackageVersion");

    public static string ToolPath { get; } =
        Path.Combine(Repository.Root, "src", "AgentLift.Cli", "bin", Metadata("Configuration"), "net10.0", "agentlift.dll");

    public string Feed => Path.Combine(root, "feed");

    public string PackagePath => Path.Combine(Feed, $"AgentLift.{Version}.nupkg");

    public string RuntimePackagePath => Path.Combine(Feed, $"AgentLift.Runtime.{Version}.nupkg");

    public async Task InitializeAsync()
    {
        var packed = await Dotnet.RunAsync(
            Repository.Root, "pack", "src/AgentLift.Package/AgentLift.Package.csproj", "--no-restore", "-c", Metadata("Configuration"), "-o", Feed, "-p:BuildProjectReferences=false");
        packed.ExitCode.ShouldBe(0, packed.Output);
        var runtime = await Dotnet.RunAsync(
            Repository.Root, "pack", "src/AgentLift.Runtime/AgentLift.Runtime.csproj", "--no-restore", "-c", Metadata("Configuration"), "-o", Feed, "-p:BuildProjectReferences=false");
        runtime.ExitCode.ShouldBe(0, runtime.Output);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A folder outside the repository whose projects get AgentLift from the feed; packages are unpacked there, not into the user's cache.</summary>
    public string NewConsumerFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="agentlift-under-test" value="{Feed}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="agentlift-under-test"><package pattern="AgentLift" /><package pattern="AgentLift.*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(folder, "global.json"));
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings><LangVersion>latest</LangVersion></PropertyGroup></Project>");
        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.targets"),
            $"""
            <Project>
              <PropertyGroup><RestorePackagesPath>{Path.Combine(root, "packages")}</RestorePackagesPath></PropertyGroup>
              <ItemGroup><PackageReference Include="AgentLift" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);
        var packages = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Replace("</Project>", $"<ItemGroup><PackageVersion Include=\"AgentLift\" Version=\"{Version}\" /></ItemGroup></Project>", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), packages);
        return folder;
    }

    /// <summary>Lets the projects of a consumer folder use the runtime's package.</summary>
    public static void ReferenceRuntime(string folder)
    {
        Insert(Path.Combine(folder, "Directory.Build.targets"), "<ItemGroup><PackageReference Include=\"AgentLift.Runtime\" /></ItemGroup>");
        Insert(Path.Combine(folder, "Directory.Packages.props"), $"<ItemGroup><PackageVersion Include=\"AgentLift.Runtime\" Version=\"{Version}\" /></ItemGroup>");
    }

    /// <summary>Takes the references away again: a folder whose projects know nothing of AgentLift, with its packages on the feed.</summary>
    public static void WithoutReferences(string folder, string packages) => File.WriteAllText(
        Path.Combine(folder, "Directory.Build.targets"),
        $"<Project><PropertyGroup><RestorePackagesPath>{Path.GetFullPath(packages)}</RestorePackagesPath></PropertyGroup></Project>");

    private static void Insert(string file, string items) =>
        File.WriteAllText(file, File.ReadAllText(file).Replace("</Project>", items + "</Project>", StringComparison.Ordinal));

    private static string Metadata(string key) =>
        typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
