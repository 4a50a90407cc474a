namespace AgentLift.Samples.Tests;

/// <summary>The legacy tutor and the lifted one, each on a port of its own, both as after a start.</summary>
internal sealed class TutorPair(AgentProcess legacy, int legacyPort, AgentProcess lifted, int liftedPort) : IAsyncDisposable
{
    public int LegacyPort => legacyPort;

    public int LiftedPort => liftedPort;

    public static async Task<TutorPair> StartAsync(FleetFiles files)
    {
        var legacyPort = FreePort.Tcp();
        var legacy = await AgentProcess.StartLegacyAsync("tutor", legacyPort);
        var liftedPort = FreePort.Tcp();
        return new TutorPair(legacy, legacyPort, await StartLiftedAsync(files, liftedPort), liftedPort);
    }

    public static Task<AgentProcess> StartLiftedAsync(FleetFiles files, int port, params IEnumerable<string> settings) => AgentProcess.StartLiftedAsync(
        "Lifted.Tutor",
        [
            $"--Agents:tutor:Endpoints:requests:Address=127.0.0.1:{port}",
            $"--Tutor:EmbeddingsFile={FleetFiles.Table("embeddings.bin")}",
            $"--Tutor:DatabaseFile={files.NewFile("lessons.db")}",
            .. settings,
        ]);

    public async ValueTask DisposeAsync()
    {
        await legacy.DisposeAsync();
        await lifted.DisposeAsync();
    }
}
