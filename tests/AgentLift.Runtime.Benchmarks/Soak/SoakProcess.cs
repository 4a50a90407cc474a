using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>The process under load, seen from outside.</summary>
internal sealed class SoakProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly long began = Stopwatch.GetTimestamp();

    private SoakProcess(Process process, IReadOnlyList<IPEndPoint> endpoints)
    {
        this.process = process;
        Endpoints = endpoints;
    }

    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    public static async Task<SoakProcess> StartAsync()
    {
        var process = ChildProcess.Start(SoakRole.Name);
        var ports = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The agents did not start.");
        return new SoakProcess(process, [.. ports.Split(' ').Select(port => new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)))]);
    }

    public async Task<SoakSample> SampleAsync()
    {
        var words = (await AskAsync(SoakRole.Sample)).Split(' ');
        return new SoakSample(
            Stopwatch.GetElapsedTime(began),
            long.Parse(words[0], CultureInfo.InvariantCulture),
            ProcessFigures.Of(process.Id),
            int.Parse(words[1], CultureInfo.InvariantCulture),
            long.Parse(words[2], CultureInfo.InvariantCulture),
            words[3] == nameof(AgentState.Running));
    }

    public Task<string> SummaryAsync() => AskAsync(SoakRole.Summary);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> AskAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process under load has ended.");
    }
}
