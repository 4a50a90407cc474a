using System.Diagnostics;

namespace AgentLift.Samples.Tests;

/// <summary>The tables of the legacy fleet, made once, and a folder for what the lifted agents write.</summary>
public sealed class FleetFiles : IAsyncLifetime
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("agentlift-samples-");

    /// <summary>A table that the legacy fleet makes.</summary>
    public static string Table(string name) => Path.Combine(Path.GetDirectoryName(AgentProcess.PathOf("Fleet.Host"))!, "data", name);

    /// <summary>A file that no other test writes.</summary>
    public string NewFile(string name) => Path.Combine(scratch.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName, name);

    public async Task InitializeAsync()
    {
        using var prepare = Process.Start(new ProcessStartInfo("dotnet", [AgentProcess.PathOf("Fleet.Host"), "prepare"]) { RedirectStandardOutput = true })!;
        await prepare.StandardOutput.ReadToEndAsync();
        await prepare.WaitForExitAsync();
        prepare.ExitCode.ShouldBe(0);
    }

    public Task DisposeAsync()
    {
        scratch.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>Tests that start agents run one after the other: the legacy ones share their folder.</summary>
[CollectionDefinition(Name)]
public sealed class StartedAgents : ICollectionFixture<FleetFiles>
{
    public const string Name = "agents that are started";
}
