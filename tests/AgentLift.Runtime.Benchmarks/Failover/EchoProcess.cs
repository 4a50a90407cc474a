using System.Diagnostics;
using AgentLift.Runtime.Testing;

namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>The echo agent in a process of its own, entered in etcd with the shortest lease.</summary>
internal sealed class EchoProcess : IAsyncDisposable
{
    private readonly Process process;

    private EchoProcess(Process process, string instance)
    {
        this.process = process;
        Instance = instance;
    }

    /// <summary>Its id in the directory.</summary>
    public string Instance { get; }

    /// <summary>Starts a process and waits until the asker sees it.</summary>
    public static async Task<EchoProcess> StartAsync(EtcdCluster cluster, AskerAgent asker)
    {
        var known = await asker.InstancesAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "AgentLift.EchoAgent.dll");
        string[] arguments =
        [
            program, "--Agents:echo:Endpoints:lines:Address=127.0.0.1:0", "--Agents:echo:Endpoints:messages:Address=127.0.0.1:0", "--Logging:LogLevel:Default=None",
            .. EtcdSettings.Of(cluster).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        while (true)
        {
            if ((await asker.InstancesAsync()).Except(known).FirstOrDefault() is { } added)
                return new EchoProcess(process, added);
            if (process.HasExited)
                throw new InvalidOperationException($"The echo agent ended with {process.ExitCode}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Sends it a signal, such as <c>KILL</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
