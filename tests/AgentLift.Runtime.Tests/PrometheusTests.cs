using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AgentLift.Runtime.Tests;

/// <summary>What is served, read by those that it is served for.</summary>
public class PrometheusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Figures_of_the_agents_own_are_shown_without_a_setting()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();

        host.Agent.OwnMeter.CreateCounter<long>("shop.sales", "{sale}").Add(3);

        (await host.TextAsync("/metrics")).ShouldContain("shop_sales_total 3\n");
    }

    [Fact]
    public async Task Metrics_are_served_as_text_0_0_4_that_is_never_kept()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();
        host.Agent.Begin("answer").Dispose();

        using var answer = await host.GetAsync("/metrics");

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        lines.ShouldContain("agent_operation_duration_seconds_count{agent_name=\"Front\",operation_name=\"answer\"} 1");
        lines.ShouldContain("agent_operation_active{agent_name=\"Front\",operation_name=\"answer\"} 0");
        lines.ShouldContain("# TYPE dotnet_gc_collections_total counter");
    }

    [Fact]
    public void A_test_without_its_program_is_skipped_with_the_package_but_never_in_continuous_integration() =>
        new RequiresProgramFactAttribute("no-such-program", "nothing").Skip.ShouldBe(
            Environment.GetEnvironmentVariable("CI") == "true" ? null : "needs `no-such-program` (Debian package nothing) on the PATH");

    [RequiresProgramFact("promtool", "prometheus")]
    public async Task Promtool_has_nothing_to_say_of_the_figures_of_agents()
    {
        await using var host = MonitoredHost.Served(settings: ("Monitoring:Meters:0", "AgentLift.Runtime"));
        await host.StartAsync();
        await WorkAsync(host);

        var (exitCode, said) = await CheckAsync(await host.TextAsync("/metrics"));

        said.ShouldBeEmpty();
        exitCode.ShouldBe(0);
    }

    [RequiresProgramFact("promtool", "prometheus")]
    public async Task Of_the_figures_of_the_process_promtool_minds_only_names_that_end_in_count()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();
        await WorkAsync(host);

        var (_, said) = await CheckAsync(await host.TextAsync("/metrics"));

        // These names are the conventions of .NET, and the ones that dashboards ask for.
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !(line.StartsWith("dotnet_", StringComparison.Ordinal) && line.Contains("should not have \"_count\" suffix", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [RequiresProgramFact("prometheus", "prometheus")]
    public async Task Prometheus_scrapes_an_agent_process()
    {
        await using var host = MonitoredHost.Served();
        await host.StartAsync();
        await WorkAsync(host);
        var folder = Directory.CreateTempSubdirectory("prometheus").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: agents
                static_configs: [{ targets: ["{{host.Address}}"] }]
            """);
        using var prometheus = Start(
            "prometheus",
            $"--config.file={folder}/prometheus.yml",
            $"--storage.tsdb.path={folder}/data",
            $"--web.listen-address=127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            "--log.level=error");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

            (await AskAsync(client, "up == 1")).ShouldBe("1");
            (await AskAsync(client, "agent_operation_duration_seconds_count{agent_name=\"Front\",operation_name=\"answer\"}")).ShouldBe("3");
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WorkAsync(MonitoredHost host)
    {
        for (var round = 0; round < 3; round++)
            host.Agent.Begin("answer").Dispose();
        var failed = host.Agent.Begin("answer \"quoted\"");
        failed.Fail(new IOException("no"));
        failed.Dispose();
        var loop = host.Agent.Run("poll", _ => throw new IOException("cable out"), RestartPolicy.Never with { WhenExhausted = RestartEscalation.Degrade });
        await loop.Completion.WaitAsync(Patience);
    }

    private static async Task<(int ExitCode, string Said)> CheckAsync(string text)
    {
        using var promtool = Start("promtool", "check", "metrics");
        var output = promtool.StandardOutput.ReadToEndAsync();
        var error = promtool.StandardError.ReadToEndAsync();
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync().WaitAsync(Patience);
        return (promtool.ExitCode, await output + await error);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = program == "promtool",
        RedirectStandardError = program == "promtool",
    })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The value of the one series that answers a query, asked again until there is one.</summary>
    private static async Task<string> AskAsync(HttpClient client, string query)
    {
        var asked = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/api/v1/query?query=" + Uri.EscapeDataString(query), UriKind.Relative));
                using var json = answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()) : null;
                if (json?.RootElement.GetProperty("data").GetProperty("result") is { } result && result.GetArrayLength() == 1)
                    return result[0].GetProperty("value")[1].GetString()!;
            }
            catch (HttpRequestException) when (asked.Elapsed < Patience)
            {
                // It does not listen yet.
            }

            if (asked.Elapsed > Patience)
                throw new TimeoutException($"Prometheus has no answer to {query}.");

            // A process of its own, with a clock of its own: it can only be asked again.
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
