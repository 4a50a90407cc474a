using System.Diagnostics;

namespace AgentLift.Runtime.Testing;

/// <summary>One etcd node.</summary>
public sealed class EtcdProcess : IAsyncDisposable
{
    private readonly string name;
    private readonly string folder;
    private readonly string[] arguments;
    private Process? process;

    internal EtcdProcess(string name, int clientPort, int peerPort, string members, string folder)
    {
        this.name = name;
        this.folder = folder;
        Address = new Uri($"http://127.0.0.1:{clientPort}");
        var peer = $"http://127.0.0.1:{peerPort}";
        arguments =
        [
            "--name", name, "--data-dir", Path.Combine(folder, name), "--logger", "zap", "--log-outputs", LogFile,
            "--listen-client-urls", Address.OriginalString, "--advertise-client-urls", Address.OriginalString,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", members,
        ];
    }

    public Uri Address { get; }

    public bool IsRunning => process is { HasExited: false };

    internal string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "it wrote no log";

    private string LogFile => Path.Combine(folder, $"{name}.log");

    /// <summary>Ends the node at once: it closes nothing and tells nobody.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Stops the node without ending it: its connections stay open, and nothing comes of them.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets a frozen node go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync() => await KillAsync();

    internal void Start() => process = Process.Start(new ProcessStartInfo("etcd", arguments));

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process!.Id.ToString()]);
        await kill.WaitForExitAsync();
    }
}
