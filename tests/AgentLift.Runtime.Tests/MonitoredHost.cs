using System.Net;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AgentLift.Runtime.Tests;

/// <summary>A host of one agent whose phases the test holds, watched as the settings say.</summary>
internal sealed class MonitoredHost : IAsyncDisposable
{
    public const string AnyPort = "127.0.0.1:0";

    private readonly HttpClient client = new();
    private readonly IHost host;
    private readonly Script script;

    public MonitoredHost((string Key, string? Value)[] settings, Action<Script>? write = null, Action<IServiceCollection>? configure = null)
    {
        script = new Script();
        write?.Invoke(script);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shop" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddSingleton(script);
        configure?.Invoke(builder.Services);
        builder.AddAgent<Front>();
        host = builder.Build();
    }

    public IServiceProvider Services => host.Services;

    public IPEndPoint? Address => host.Services.GetRequiredService<MonitoringServer>().Address;

    public Front Agent => host.Services.GetRequiredService<Front>();

    public static MonitoredHost Served(Action<Script>? write = null, Action<IServiceCollection>? configure = null, params (string Key, string? Value)[] settings) =>
        new([("Monitoring:Address", AnyPort), .. settings], write, configure);

    public Task StartAsync() => host.StartAsync();

    public Task StopAsync() => host.StopAsync();

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode;
    }

    public async Task<string> TextAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{Address}{path}"));
        return await client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    /// <summary>What the agent does in each phase.</summary>
    internal sealed class Script
    {
        public Action Constructing { get; set; } = () => { };

        public Task Starting { get; set; } = Task.CompletedTask;

        /// <summary>The name of an endpoint that sends lines back, if there is to be one.</summary>
        public string? Lines { get; set; }

        public Task Draining { get; set; } = Task.CompletedTask;

        public Func<HealthCheckResult> Health { get; set; } = () => HealthCheckResult.Healthy();
    }

    internal sealed class Front : BaseAgent
    {
        private readonly Script script;

        public Front(AgentContext context, Script script)
            : base(context)
        {
            this.script = script;
            script.Constructing();
        }

        public System.Diagnostics.Metrics.Meter OwnMeter => Context.Meter;

        public AgentOperation Begin(string name) => BeginOperation(name);

        public SupervisedLoop Run(string name, Func<CancellationToken, Task> body, RestartPolicy policy) => RunSupervised(name, body, policy);

        protected override async ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            if (script.Lines is { } endpoint)
                ListenLines(endpoint, (line, _) => ValueTask.FromResult<string?>(line));
            await script.Starting;
        }

        protected override async ValueTask OnDrainingAsync(CancellationToken cancellationToken) => await script.Draining;

        protected override ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => ValueTask.FromResult(script.Health());
    }
}
