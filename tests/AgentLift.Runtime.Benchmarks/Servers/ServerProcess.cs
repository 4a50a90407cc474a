using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>A server in a process of its own, so that its cost is not mixed with that of its clients.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(LineServerKind kind, Process process, int port)
    {
        Kind = kind;
        this.process = process;
        Address = new IPEndPoint(IPAddress.Loopback, port);
    }

    public LineServerKind Kind { get; }

    public IPEndPoint Address { get; }

    /// <summary>Processor time used since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public ProcessFigures Figures => ProcessFigures.Of(process.Id);

    public static async Task<ServerProcess> StartAsync(LineServerKind kind)
    {
        var process = ChildProcess.Start(ServerRole.Name, kind.ToString());
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server {kind} did not start.");
        return new ServerProcess(kind, process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>Has it collect all garbage.</summary>
    /// <returns>The bytes that its managed objects take.</returns>
    public async Task<long> CollectAsync()
    {
        await process.StandardInput.WriteLineAsync(ServerRole.Collect);
        return long.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
