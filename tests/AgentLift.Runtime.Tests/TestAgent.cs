using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Tests;

/// <summary>An agent whose phases are given by the test, and whose protected members the test may call.</summary>
internal sealed class TestAgent(AgentContext context) : BaseAgent(context)
{
    public Func<TestAgent, CancellationToken, ValueTask> Starting { get; init; } = (_, _) => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> Draining { get; init; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> Stopped { get; init; } = _ => ValueTask.CompletedTask;

    public Func<HealthCheckResult> Health { get; init; } = () => HealthCheckResult.Healthy();

    public SupervisedLoop Run(string name, Func<CancellationToken, Task> body, RestartPolicy? policy = null) => RunSupervised(name, body, policy);

    public SupervisedLoop Periodically(string name, TimeSpan period, Func<CancellationToken, Task> body, TimeSpan? firstAfter = null) =>
        RunPeriodically(name, period, body, firstAfter);

    public SupervisedLoop OnThread(string name, Action<CancellationToken> body) => RunOnThread(name, body);

    public WorkQueue<T> Queue<T>(string name, int capacity, Func<T, CancellationToken, Task> handler, int workers = 1) => RunQueue(name, capacity, handler, workers);

    public LazyDependency<T> Depend<T>(string name, Func<CancellationToken, ValueTask<T>> load, LazyDependencyOptions? options = null)
        where T : notnull => DeclareDependency(name, load, options);

    public AgentEndpoint Lines(string name, Func<string, CancellationToken, ValueTask<string?>> answer, EndpointOptions? defaults = null, string newLine = "\n") =>
        ListenLines(name, answer, defaults, newLine);

    public AgentEndpoint Lines(string name, Func<string, string?> answer) => ListenLines(name, answer);

    public AgentEndpoint Frames(string name, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>> answer, FrameFormat? format = null) =>
        ListenFrames(name, answer, format);

    public AgentEndpoint Datagrams(string name, Func<AgentDatagram, CancellationToken, ValueTask<byte[]?>> answer, int concurrency = 1) =>
        ListenDatagrams(name, answer, concurrency);

    public AgentEndpoint Datagrams(string name, Func<AgentDatagram, byte[]?> answer, EndpointOptions? defaults = null) => ListenDatagrams(name, answer, defaults: defaults);

    public AgentEndpoint Http(string name, Action<IEndpointRouteBuilder> map) => ListenHttp(name, map);

    public AgentEndpoint Messages(string name, Action<MessageRoutes> map) => ListenMessages(name, map);

    public AgentClient Client(string agent, string? endpoint = null) => ConnectTo(agent, endpoint);

    public AgentEndpoint Serve(string name, Func<ConnectionContext, CancellationToken, Task> serve) => ListenConnections(name, serve);

    public TcpListener Take(TcpListener listener) => Own(listener);

    public Task LoadAll(params string[] names) => EnsureDependenciesLoadedAsync(CancellationToken.None, names);

    public IAgentDirectory Directory => Context.Directory;

    public string Setting(string name, string fallback) => Context.Setting(name, fallback);

    public int Setting(string name, int fallback) => Context.Setting(name, fallback);

    public AgentOperation Begin(string name) => BeginOperation(name);

    /// <summary>An agent with one endpoint, <c>requests</c>, on a free port of the loopback.</summary>
    public static TestAgent Listening(Action<TestAgent> listen, Action<EndpointOptions>? configure = null, TimeProvider? time = null, ILoggerFactory? loggers = null, IAgentDirectory? directory = null)
    {
        var endpoint = new EndpointOptions { Address = "127.0.0.1:0" };
        configure?.Invoke(endpoint);
        var options = new AgentOptions { Endpoints = { ["requests"] = endpoint } };
        return new TestAgent(AgentContext.Standalone("echo", options, loggers, time: time, directory: directory))
        {
            Starting = (self, _) =>
            {
                listen(self);
                return ValueTask.CompletedTask;
            },
        };
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) => Starting(this, cancellationToken);

    protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken) => Draining(cancellationToken);

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken) => Stopped(cancellationToken);

    protected override ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => ValueTask.FromResult(Health());
}
