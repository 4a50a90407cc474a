using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Serialization;
using AgentLift.Runtime.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace AgentLift.Runtime.Tests;

/// <summary>Ten thousand faults in every part of an agent: each must be found again in the log, in the metrics and in the health report.</summary>
#pragma warning disable CA1001 // The log book holds nothing that must be released.
public sealed partial class FaultInjectionTests(ITestOutputHelper output)
#pragma warning restore CA1001
{
    private const int Agents = 20;
    private const int LoopsOfAgent = 10;
    private const int FaultsOfLoop = 20;
    private const int FaultsOfQueue = 100;
    private const int FaultsOfEndpoint = 50;
    private const int FaultsOfHttp = 25;
    private const int FaultsOfDependency = 15;
    private const int FaultsOfHealth = 5;
    private const int FaultsOfPhase = 50;
    private const int FaultsOfAgent =
        (LoopsOfAgent * FaultsOfLoop) + FaultsOfQueue + (3 * FaultsOfEndpoint) + FaultsOfHttp + FaultsOfDependency + FaultsOfHealth;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly MessageContract<string, string> Ask = new("ask", FaultJson.Default.String, FaultJson.Default.String);

    private readonly LogBook log = new();
    private readonly ConcurrentBag<double> restarts = [];
    private int injected;

    [Fact]
    public async Task None_of_ten_thousand_faults_is_silent()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var counted = new FailureMeter(meters);

        await Task.WhenAll(Enumerable.Range(0, Agents).Select(i => Task.Run(() => TroubleAsync(i, meters))));
        for (var i = 0; i < FaultsOfPhase; i++)
        {
            await FailToStartAsync(meters);
            await FailToStopAsync(meters);
        }

        injected.ShouldBe((Agents * FaultsOfAgent) + (2 * FaultsOfPhase));
        injected.ShouldBe(10_000);
        log.Faults.ShouldBe(Enumerable.Range(1, injected).ToHashSet(), ignoreOrder: true);
        counted.Total.ShouldBe(injected);

        var sorted = restarts.Order().ToArray();
        sorted.Length.ShouldBe(Agents * LoopsOfAgent * FaultsOfLoop);
        output.WriteLine($"{injected} faults, {sorted.Length} restarts: median {sorted[sorted.Length / 2]:0.000} s, p99 {sorted[sorted.Length * 99 / 100]:0.000} s, longest {sorted[^1]:0.000} s");
    }

    private async Task TroubleAsync(int number, IMeterFactory meters)
    {
        var health = 0;
        var options = new AgentOptions();
        foreach (var endpoint in new[] { "lines", "messages", "datagrams", "http" })
            options.Endpoints[endpoint] = new EndpointOptions { Address = "127.0.0.1:0" };
        await using var agent = new TestAgent(AgentContext.Standalone("trouble " + number, options, log, meters))
        {
            Starting = (self, _) =>
            {
                self.Lines("lines", (_, _) => throw Fault());
                self.Messages("messages", routes => routes.Answer(Ask, (_, _) => throw Fault()));
                self.Datagrams("datagrams", (_, _) => throw Fault());
                self.Http("http", routes => routes.MapGet("/", (HttpContext _) => throw Fault()));
                return ValueTask.CompletedTask;
            },
            Health = () => Interlocked.Increment(ref health) <= FaultsOfHealth ? throw Fault() : HealthCheckResult.Healthy(),
        };
        await agent.StartAsync(default);

        var queue = agent.Queue<int>("queue", 10, (_, _) => throw Fault());
        var loops = Enumerable.Range(0, LoopsOfAgent).Select(i => agent.Run("loop " + i, FailingLoop(), Restless)).ToArray();
        for (var i = 0; i < FaultsOfQueue; i++)
            await queue.EnqueueAsync(i);
        await FailEndpointsAsync(agent);
        await FailLoadsAsync(agent);
        await Task.WhenAll(loops.Select(loop => loop.Completion)).WaitAsync(Patience);
        var check = new AgentHealthCheck(agent.Name, () => agent, log.CreateLogger("health"));
        HealthCheckResult result;
        do
        {
            result = await check.CheckHealthAsync(new HealthCheckContext());
        }
        while (health <= FaultsOfHealth || (long)result.Data["failures"] < FaultsOfAgent);

        result.Data["failures"].ShouldBe((long)FaultsOfAgent);
        agent.State.ShouldBe(AgentState.Running);
    }

    private static RestartPolicy Restless { get; } = RestartPolicy.Default with { MaxRestarts = FaultsOfLoop, Window = TimeSpan.Zero };

    private Func<CancellationToken, Task> FailingLoop()
    {
        var runs = 0;
        var failedAt = 0L;
        return async _ =>
        {
            if (runs > 0)
                restarts.Add(Stopwatch.GetElapsedTime(failedAt).TotalSeconds);
            if (runs++ == FaultsOfLoop)
                return;
            await Task.Yield();
            failedAt = Stopwatch.GetTimestamp();
            throw Fault();
        };
    }

    private static async Task FailEndpointsAsync(TestAgent agent)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{agent.Endpoints[3].Address}") };
        using var udp = new UdpClient();
        udp.Connect(agent.Endpoints[2].Address!);
        var asking = new AgentClientOptions { MaxAttempts = 1 };
        await using var asker = new TestAgent(AgentContext.Standalone("asker", new AgentOptions { Clients = { [agent.Name] = asking } }, directory: agent.Directory));
        var client = asker.Client(agent.Name, "messages");
        SpinWait.SpinUntil(() => agent.Directory.FindAsync(agent.Name, default).AsTask().Result.Count == 1, Patience).ShouldBeTrue();
        for (var i = 0; i < FaultsOfEndpoint; i++)
        {
            using (var line = await LineClient.ConnectAsync(agent))
            {
                await line.SendAsync("one\n");
                (await line.IsClosedAsync()).ShouldBeTrue();
            }

            (await Should.ThrowAsync<AgentCallException>(client.AskAsync(Ask, "one").AsTask())).Failure.ShouldBe(AgentCallFailure.Failed);
            await udp.SendAsync(Encoding.UTF8.GetBytes("one"));
        }

        for (var i = 0; i < FaultsOfHttp; i++)
            (await http.GetAsync("/")).IsSuccessStatusCode.ShouldBeFalse();
    }

    private async Task FailLoadsAsync(TestAgent agent)
    {
        var dependency = agent.Depend<string>("heavy", _ => throw Fault());
        for (var i = 0; i < FaultsOfDependency; i++)
            await Should.ThrowAsync<DependencyLoadException>(dependency.GetAsync().AsTask());
    }

    private async Task FailToStartAsync(IMeterFactory meters)
    {
        await using var agent = new TestAgent(AgentContext.Standalone("no start", loggers: log, meters: meters)) { Starting = (_, _) => throw Fault() };

        await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default));

        agent.State.ShouldBe(AgentState.Failed);
    }

    private async Task FailToStopAsync(IMeterFactory meters)
    {
        await using var agent = new TestAgent(AgentContext.Standalone("no stop", loggers: log, meters: meters)) { Stopped = _ => throw Fault() };
        await agent.StartAsync(default);

        await agent.StopAsync(default);

        agent.State.ShouldBe(AgentState.Failed);
    }

    private InjectedFault Fault() => new(Interlocked.Increment(ref injected));

    [JsonSerializable(typeof(string))]
    private sealed partial class FaultJson : JsonSerializerContext;

    private sealed class InjectedFault(int number) : Exception($"fault {number}")
    {
        public int Number { get; } = number;
    }

    /// <summary>Which faults were logged, however deep within another exception.</summary>
    private sealed class LogBook : ILoggerFactory, ILogger
    {
        private readonly ConcurrentDictionary<int, bool> faults = new();

        public HashSet<int> Faults => [.. faults.Keys];

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            for (var error = exception; error is not null; error = error.InnerException)
            {
                if (error is InjectedFault fault && logLevel >= LogLevel.Error)
                    faults[fault.Number] = true;
            }
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>The sum of all counters of failures, and of all loads that ended with an error.</summary>
    private sealed class FailureMeter : IDisposable
    {
        private readonly MeterListener listener = new();
        private long total;

        public FailureMeter(IMeterFactory meters)
        {
            listener.InstrumentPublished = (instrument, subscriber) =>
            {
                if (instrument.Meter.Scope == meters && (instrument.Name.EndsWith("failures", StringComparison.Ordinal) || instrument.Name == "agent.dependency.load.duration"))
                    subscriber.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref total, value));
            listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag.Key == "error.type")
                        Interlocked.Increment(ref total);
                }
            });
            listener.Start();
        }

        public long Total => Interlocked.Read(ref total);

        public void Dispose() => listener.Dispose();
    }
}
