using System.Net;
using System.Text;
using System.Threading.Channels;
using AgentLift.Runtime.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime.Tests;

public class OtlpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Metrics_are_sent_while_the_agent_runs_and_once_more_when_it_has_stopped()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = Exporting(collector.Address);
        await host.StartAsync();
        host.Agent.Begin("answer").Dispose();

        var (path, type, body) = await collector.NextAsync();
        host.Agent.Begin("farewell").Dispose();
        await host.StopAsync();

        path.ShouldBe("/v1/metrics");
        type.ShouldBe("application/x-protobuf");
        body.ShouldContain("agent.operation.duration");
        body.ShouldContain("AgentLift.Runtime");
        body.ShouldContain("service.name");
        body.ShouldContain("shop");
        body.ShouldContain("shop-1");
        (await collector.LastAsync()).ShouldContain("farewell");
    }

    [Fact]
    public async Task Figures_of_another_host_are_not_sent()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = new MonitoredHost([]);
        await other.StartAsync();
        other.Agent.Begin("elsewhere").Dispose();
        await using var host = Exporting(collector.Address + "/v1/metrics");
        await host.StartAsync();
        other.Agent.Begin("elsewhere").Dispose();
        host.Agent.Begin("here").Dispose();

        await host.StopAsync();

        var last = await collector.LastAsync();
        last.ShouldContain("here");
        last.ShouldNotContain("elsewhere");
    }

    [Fact]
    public async Task A_collector_that_is_not_there_holds_no_stop_up()
    {
        var log = new CountingLog();
        await using var host = new MonitoredHost(
            [("Monitoring:OtlpEndpoint", "http://127.0.0.1:9"), ("Monitoring:OtlpProtocol", "HttpProtobuf"), ("Monitoring:OtlpInterval", "01:00:00")],
            configure: services => services.AddSingleton<ILoggerProvider>(log));
        await host.StartAsync();

        await host.StopAsync().WaitAsync(Patience);

        host.Agent.State.ShouldBe(AgentState.Stopped);
        log.Events.Count(id => id == 69).ShouldBe(1);
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_is_waited_for_no_longer_than_five_seconds()
    {
        var time = new ManualTime();
        var log = new CountingLog();
        var answer = new TaskCompletionSource();
        await using var collector = await Collector.StartAsync(answer.Task);
        await using var host = new MonitoredHost(
            [("Monitoring:OtlpEndpoint", collector.Address), ("Monitoring:OtlpProtocol", "HttpProtobuf"), ("Monitoring:OtlpInterval", "01:00:00")],
            configure: services => services.AddSingleton<TimeProvider>(time).AddSingleton<ILoggerProvider>(log));
        await host.StartAsync();

        var stop = host.StopAsync();
        await collector.NextAsync();
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(5));
        await stop;

        log.Events.ShouldContain(71);
        answer.SetResult();
    }

    [Fact]
    public async Task Grpc_is_spoken_where_nothing_else_is_asked_for()
    {
        await using var collector = await Collector.StartAsync(protocol: HttpProtocols.Http2);
        await using var host = new MonitoredHost([("Monitoring:OtlpEndpoint", collector.Address)]);
        await host.StartAsync();

        await host.StopAsync();

        var (path, type, body) = await collector.NextAsync();
        path.ShouldBe("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
        type.ShouldBe("application/grpc");
        body.ShouldContain("dotnet.gc.collections");
    }

    private static MonitoredHost Exporting(string endpoint) => new(
    [
        ("Monitoring:OtlpEndpoint", endpoint),
        ("Monitoring:OtlpProtocol", "HttpProtobuf"),
        ("Monitoring:OtlpInterval", "00:00:01"),
        ("Monitoring:InstanceId", "shop-1"),
    ]);

    /// <summary>Takes what is sent over HTTP and keeps it.</summary>
    private sealed class Collector(WebApplication server, ListenOptions bound, Channel<(string Path, string? Type, string Body)> received) : IAsyncDisposable
    {
        public string Address => $"http://{bound.EndPoint}";

        public static async Task<Collector> StartAsync(Task? answer = null, HttpProtocols protocol = HttpProtocols.Http1)
        {
            var received = Channel.CreateUnbounded<(string, string?, string)>();
            ListenOptions? bound = null;
            var server = EndpointHost.Create(NullLoggerFactory.Instance, kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                bound = listen;
                listen.Protocols = protocol;
            }));
            ((IApplicationBuilder)server).Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                await received.Writer.WriteAsync((context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
                await (answer ?? Task.CompletedTask);
                context.Response.StatusCode = StatusCodes.Status200OK;
            });
            await server.StartAsync();
            return new Collector(server, bound!, received);
        }

        public async Task<(string Path, string? Type, string Body)> NextAsync() => await received.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        /// <summary>What was sent last. Only for when nothing more will come.</summary>
        public async Task<string> LastAsync()
        {
            var (_, _, last) = await NextAsync();
            while (received.Reader.TryRead(out var next))
                last = next.Body;
            return last;
        }

        public async ValueTask DisposeAsync()
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }
}
