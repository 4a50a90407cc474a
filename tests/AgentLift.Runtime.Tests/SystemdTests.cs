using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Tests;

public sealed class SystemdTests : IDisposable
{
    private const int Self = 4711;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("systemd").FullName;
    private readonly ManualTime time = new();
    private readonly Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    [Fact]
    public async Task Systemd_hears_when_all_agents_run_and_when_they_stop()
    {
        var started = new TaskCompletionSource();
        await using var host = Notifying(Listen(), script => script.Starting = started.Task);

        var start = host.StartAsync();
        var starting = await HearAsync();
        systemd.Available.ShouldBe(0);
        started.SetResult();
        await start;
        var running = await HearAsync();
        await host.StopAsync();

        starting.ShouldBe("STATUS=Starting Front");
        running.ShouldBe("READY=1\nSTATUS=Running Front");
        (await HearAsync()).ShouldBe("STOPPING=1\nSTATUS=Stopping Front");
        systemd.Available.ShouldBe(0);
    }

    [Fact]
    public async Task Stopping_is_told_before_the_agents_have_drained()
    {
        var drained = new TaskCompletionSource();
        await using var host = Notifying(Listen(), script => script.Draining = drained.Task);
        await host.StartAsync();
        await HearAsync();
        await HearAsync();

        var stop = host.StopAsync();

        (await HearAsync()).ShouldStartWith("STOPPING=1\n");
        stop.IsCompleted.ShouldBeFalse();
        drained.SetResult();
        await stop;
    }

    [Fact]
    public async Task A_name_in_the_abstract_namespace_is_heard_too()
    {
        var name = "agentlift-" + Path.GetFileName(folder);
        systemd.Bind(new UnixDomainSocketEndPoint('\0' + name));
        await using var host = Notifying(new SystemdEnvironment("@" + name, null, null, Self));

        await host.StartAsync();

        (await HearAsync()).ShouldBe("STATUS=Starting Front");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("4711")]
    public async Task The_watchdog_is_answered_twice_in_its_time_while_the_process_is_alive(string? process)
    {
        await using var host = Notifying(Listen() with { WatchdogMicroseconds = "3000000", WatchdogProcess = process });
        await host.StartAsync();
        await HearUntilAsync("WATCHDOG=1");

        for (var answers = 0; answers < 3; answers++)
        {
            (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(1.5));
            await HearUntilAsync("WATCHDOG=1");
        }

        await host.StopAsync();
    }

    [Fact]
    public async Task The_watchdog_gets_no_answer_once_the_process_is_not_alive()
    {
        const string NotAlive = "STATUS=Not alive: Front alive: Agent Front failed in start: IOException: no disk";
        await using var host = Notifying(
            Listen() with { WatchdogMicroseconds = "3000000" }, script => script.Starting = Task.FromException(new IOException("no\ndisk")), ("Agents:Front:OnFailure", "Isolate"));
        await host.StartAsync();

        // Whether the first look is before the failure is a matter of luck; the second is not.
        if (await HearUntilAsync("WATCHDOG=1", NotAlive) == "WATCHDOG=1")
        {
            await time.PassNextWaitAsync();
            await HearUntilAsync(NotAlive);
        }

        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(1.5));
        await host.StopAsync();

        (await RestAsync()).ShouldNotContain("WATCHDOG=1");
    }

    [Theory]
    [InlineData("3000000", "4712")]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    [InlineData("9223372036854775807", null)]
    public void A_watchdog_that_is_none_or_not_meant_is_not_answered(string? microseconds, string? process) =>
        new SystemdEnvironment("/run/notify", microseconds, process, Self).WatchdogPeriod.ShouldBeNull();

    [Fact]
    public async Task Without_a_socket_nothing_happens()
    {
        await using var host = Notifying(new SystemdEnvironment(null, "3000000", null, Self));

        await host.StartAsync();
        await host.StopAsync();

        host.Agent.State.ShouldBe(AgentState.Stopped);
    }

    [Fact]
    public async Task A_socket_that_does_not_answer_is_logged_once_and_hurts_nobody()
    {
        var log = new CountingLog();
        await using var host = new MonitoredHost([], configure: services => services
            .AddSingleton(new SystemdEnvironment(Path.Combine(folder, "nobody"), "3000000", null, Self))
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<ILoggerProvider>(log));

        await host.StartAsync();
        await host.StopAsync();

        host.Agent.State.ShouldBe(AgentState.Stopped);
        log.Events.Count(id => id == 66).ShouldBe(1);
    }

    public void Dispose()
    {
        systemd.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private SystemdEnvironment Listen()
    {
        var path = Path.Combine(folder, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        return new SystemdEnvironment(path, null, null, Self);
    }

    private MonitoredHost Notifying(SystemdEnvironment environment, Action<MonitoredHost.Script>? write = null, params (string Key, string? Value)[] settings) =>
        new(settings, write, services => services.AddSingleton(environment).AddSingleton<TimeProvider>(time));

    private async Task<string> HearAsync()
    {
        var buffer = new byte[4096];
        using var over = new CancellationTokenSource(Patience);
        return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, over.Token));
    }

    private async Task<string> HearUntilAsync(params string[] messages)
    {
        while (true)
        {
            var heard = await HearAsync();
            if (messages.Contains(heard))
                return heard;
        }
    }

    private async Task<List<string>> RestAsync()
    {
        var rest = new List<string>();
        while (systemd.Available > 0)
            rest.Add(await HearAsync());
        return rest;
    }
}
