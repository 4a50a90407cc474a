using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests;

public class MonitoringTests
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Liveness_answers_while_an_agent_is_being_made_and_started()
    {
        using var made = new ManualResetEventSlim();
        using var making = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        await using var host = MonitoredHost.Served(script =>
        {
            script.Starting = started.Task;
            script.Constructing = () =>
            {
                making.Set();
                made.Wait(Patience);
            };
        });

        var start = Task.Run(host.StartAsync);
        making.Wait(Patience).ShouldBeTrue();
        var whileMade = (await host.StatusAsync(Live), await host.StatusAsync(Ready));
        made.Set();
        SpinWait.SpinUntil(() => host.Agent.State == AgentState.Starting, Patience).ShouldBeTrue();
        var whileStarting = (await host.StatusAsync(Live), await host.StatusAsync(Ready));
        started.SetResult();
        await start;
        var running = (await host.StatusAsync(Live), await host.StatusAsync(Ready));

        whileMade.ShouldBe((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        whileStarting.ShouldBe((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        running.ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Readiness_says_no_while_agents_drain_and_nothing_answers_once_they_have_stopped()
    {
        var drained = new TaskCompletionSource();
        await using var host = MonitoredHost.Served(script => script.Draining = drained.Task);
        await host.StartAsync();
        var address = host.Address!;

        var stop = host.StopAsync();
        SpinWait.SpinUntil(() => host.Agent.State == AgentState.Draining, Patience).ShouldBeTrue();
        var draining = (await host.StatusAsync(Live), await host.StatusAsync(Ready));
        drained.SetResult();
        await stop;

        draining.ShouldBe((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        using var tcp = new TcpClient();
        await Should.ThrowAsync<SocketException>(tcp.ConnectAsync(address));
    }

    [Fact]
    public async Task A_degraded_agent_is_ready_and_says_why()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();
        var loop = host.Agent.Run("poll", _ => throw new IOException("cable out"), RestartPolicy.Never with { WhenExhausted = RestartEscalation.Degrade });
        SpinWait.SpinUntil(() => loop.State == LoopState.Failed, Patience).ShouldBeTrue();

        using var answer = await host.GetAsync(Ready);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var entry = report.RootElement.GetProperty("entries").GetProperty("Front");
        report.RootElement.GetProperty("status").GetString().ShouldBe("Degraded");
        entry.GetProperty("status").GetString().ShouldBe("Degraded");
        entry.GetProperty("description").GetString().ShouldBe("Loop poll is Failed: cable out");
        entry.GetProperty("exception").GetString().ShouldBe("cable out");
        entry.GetProperty("data").GetProperty("loop poll").GetString().ShouldBe("Failed");
    }

    [Fact]
    public async Task A_failed_agent_is_neither_alive_nor_ready()
    {
        await using var host = MonitoredHost.Served(settings: ("Agents:Front:OnFailure", "Isolate"), write: script => script.Starting = Task.FromException(new IOException("no disk")));

        await host.StartAsync();

        (await host.StatusAsync(Live)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.StatusAsync(Ready)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.TextAsync(Live)).ShouldContain("Agent Front failed in start: IOException: no disk");
    }

    [Fact]
    public async Task A_report_holds_status_durations_and_data_of_each_check_and_is_never_kept()
    {
        await using var host = MonitoredHost.Served(script => script.Health = () => HealthCheckResult.Healthy(
            "all well", new Dictionary<string, object> { ["text"] = "a \"b\"", ["number"] = 3, ["ratio"] = 0.5, ["infinite"] = double.PositiveInfinity, ["truth"] = true }));
        await host.StartAsync();

        using var answer = await host.GetAsync(Ready);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var entry = report.RootElement.GetProperty("entries").GetProperty("Front");
        var data = entry.GetProperty("data");
        report.RootElement.GetProperty("totalDurationSeconds").GetDouble().ShouldBeInRange(0, 30);
        entry.GetProperty("durationSeconds").GetDouble().ShouldBeInRange(0, 30);
        entry.GetProperty("description").GetString().ShouldBe("all well");
        data.EnumerateObject().Select(item => item.Name).ShouldBe(["failures", "infinite", "number", "operations", "ratio", "state", "text", "truth"]);
        data.GetProperty("number").GetInt32().ShouldBe(3);
        data.GetProperty("ratio").GetDouble().ShouldBe(0.5);
        data.GetProperty("text").GetString().ShouldBe("a \"b\"");
        data.GetProperty("infinite").GetString().ShouldBe("Infinity");
        data.GetProperty("truth").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_that_hangs_is_unhealthy_and_names_the_option()
    {
        var time = new ManualTime();
        using var asked = new SemaphoreSlim(0);
        using var answered = new ManualResetEventSlim();
        await using var host = MonitoredHost.Served(
            script => script.Health = () =>
            {
                asked.Release();
                answered.Wait(Patience);
                return HealthCheckResult.Healthy();
            },
            services => services.AddSingleton<TimeProvider>(time));
        await host.StartAsync();

        var answer = host.GetAsync(Ready);
        (await asked.WaitAsync(Patience)).ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(10));

        using var ended = await answer;
        ended.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ended.Content.ReadAsStringAsync()).ShouldContain("The checks took longer than 00:00:10. If that is right, raise Monitoring:HealthTimeout.");
        var again = host.StatusAsync(Ready);
        await time.PassNextWaitAsync();
        (await again).ShouldBe(HttpStatusCode.ServiceUnavailable);
        asked.CurrentCount.ShouldBe(0, "The first check still runs, and no second one was begun.");
        answered.Set();
    }

    [Fact]
    public async Task A_check_that_cannot_be_made_is_unhealthy()
    {
        await using var host = MonitoredHost.Served(configure: services => services.AddHealthChecks().Add(
            new HealthCheckRegistration("broken", _ => throw new InvalidOperationException("no such service"), null, [AgentHostingExtensions.LiveTag])));
        await host.StartAsync();

        (await host.StatusAsync(Live)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.TextAsync(Live)).ShouldContain("no such service");
        (await host.StatusAsync(Ready)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_get_and_head_are_answered()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();

        foreach (var path in new[] { Live, Ready, "/metrics" })
        {
            using var head = await host.SendAsync(HttpMethod.Head, path);
            using var post = await host.SendAsync(HttpMethod.Post, path);
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            head.Content.Headers.ContentLength!.Value.ShouldBeGreaterThan(0);
            post.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            post.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        }
    }

    [Fact]
    public async Task Any_other_path_is_told_which_there_are()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();

        using var answer = await host.GetAsync("/");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("Nothing is here. The paths are /health/live, /health/ready and /metrics.\n");
    }

    [Fact]
    public async Task Without_an_address_nothing_is_served()
    {
        await using var host = new MonitoredHost([]);
        await host.StartAsync();

        host.Address.ShouldBeNull();
        await host.StopAsync();
    }

    [Fact]
    public async Task A_port_in_use_ends_the_process_with_a_code_and_names_the_key()
    {
        var exitCode = Environment.ExitCode;
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            await using var host = new MonitoredHost([("Monitoring:Address", taken.LocalEndpoint.ToString())]);

            await host.StartAsync();

            Environment.ExitCode.ShouldBe(1);
            host.Agent.State.ShouldBe(AgentState.Created);
        }
        finally
        {
            Environment.ExitCode = exitCode;
        }
    }

    [Fact]
    public async Task A_start_that_fails_frees_the_port()
    {
        var exitCode = Environment.ExitCode;
        try
        {
            var host = MonitoredHost.Served(script => script.Starting = Task.FromException(new IOException("no disk")));
            await host.StartAsync();
            var address = host.Address!;

            await host.DisposeAsync();

            using var again = new TcpListener(address);
            Should.NotThrow(again.Start);
        }
        finally
        {
            Environment.ExitCode = exitCode;
        }
    }

    [Theory]
    [InlineData("Address", "nowhere", "Monitoring:Address is 'nowhere'; it must be IP:PORT, such as 127.0.0.1:9464, or *:PORT.")]
    [InlineData("HealthTimeout", "00:10:00", "Monitoring:HealthTimeout is 00:10:00; it must be from 00:00:00.1000000 to 00:05:00.")]
    [InlineData("Meters:0", "Shop.*.Till", "Monitoring:Meters names 'Shop.*.Till'; it must be the name of a meter, with a * at its end or none.")]
    [InlineData("MaxSeries", "0", "Monitoring:MaxSeries is 0; it must be from 1 to 100000.")]
    [InlineData("OtlpEndpoint", "localhost:4317", "Monitoring:OtlpEndpoint is 'localhost:4317'; it must be an absolute http or https address, such as http://localhost:4317.")]
    [InlineData("OtlpProtocol", "7", "Monitoring:OtlpProtocol is 7; it must be Grpc or HttpProtobuf.")]
    [InlineData("OtlpInterval", "00:00:00.5", "Monitoring:OtlpInterval is 00:00:00.5000000; it must be from 00:00:01 to 01:00:00.")]
    public async Task A_setting_that_cannot_be_names_its_key(string key, string value, string message)
    {
        await using var host = new MonitoredHost([("Monitoring:" + key, value)]);

        (await Should.ThrowAsync<OptionsValidationException>(host.StartAsync())).Message.ShouldBe(message);
    }

    [Fact]
    public async Task Several_agents_are_watched_by_one_server_and_the_settings_are_bound_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Monitoring:Meters:0"] = "Shop";
        builder.AddAgent<Till>().AddAgent<Shelf>();
        using var host = builder.Build();

        host.Services.GetRequiredService<IOptions<MonitoringOptions>>().Value.Meters.ShouldBe(["Shop"]);
        host.Services.GetServices<IHostedService>().Count(service => service.GetType().Namespace == "AgentLift.Runtime.Monitoring").ShouldBe(3);
        await host.StartAsync();
        await host.StopAsync();
    }

    private sealed class Till(AgentContext context) : BaseAgent(context);

    private sealed class Shelf(AgentContext context) : BaseAgent(context);
}
