using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Reflection;
using AgentLift.Runtime.Health;
using AgentLift.Runtime.Hosting;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>Registers agents with a host.</summary>
public static class AgentHostingExtensions
{
    /// <summary>Tag of the health checks that say whether a process must be restarted.</summary>
    public const string LiveTag = "live";

    /// <summary>Tag of the health checks that say whether an agent may be asked.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Registers an agent: the host starts and stops it, its options are bound from <c>Agents:NAME</c> and validated at start,
    /// and its liveness and readiness are health checks. With the first agent the process is watched as <see cref="MonitoringOptions"/> say.
    /// </summary>
    /// <typeparam name="TAgent">The agent. Its constructor takes an <see cref="AgentContext"/> and any registered services.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <param name="configure">Changes options in code, after the configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">An agent of that name is registered already.</exception>
    public static IHostApplicationBuilder AddAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(
        this IHostApplicationBuilder builder, Action<AgentOptions>? configure = null)
        where TAgent : BaseAgent =>
        Add(builder, static (services, context) => ActivatorUtilities.CreateInstance<TAgent>(services, context), configure);

    /// <summary>Registers an agent whose constructor takes more than registered services. Otherwise as <see cref="AddAgent{TAgent}(IHostApplicationBuilder, Action{AgentOptions})"/>.</summary>
    /// <typeparam name="TAgent">The agent.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <param name="make">Makes the agent, once, on the context that it is given.</param>
    /// <param name="configure">Changes options in code, after the configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">An agent of that name is registered already.</exception>
    public static IHostApplicationBuilder AddAgent<TAgent>(
        this IHostApplicationBuilder builder, Func<IServiceProvider, AgentContext, TAgent> make, Action<AgentOptions>? configure = null)
        where TAgent : BaseAgent
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add(builder, make, configure);
    }

    /// <summary>
    /// Registers an agent unless the program has done so already. So does the generated <c>AddAgents()</c> with every agent of a project: what is registered
    /// before it, with <see cref="AddAgent{TAgent}(IHostApplicationBuilder, Action{AgentOptions})"/> and its like, stays as it is.
    /// </summary>
    /// <typeparam name="TAgent">The agent. Its constructor takes an <see cref="AgentContext"/> and any registered services.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">Another agent of that name is registered already.</exception>
    public static IHostApplicationBuilder TryAddAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(this IHostApplicationBuilder builder)
        where TAgent : BaseAgent
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.Any(service => service.ServiceType == typeof(TAgent)) ? builder : builder.AddAgent<TAgent>();
    }

    /// <summary>
    /// Starts the agents one after the other, in the order in which they are registered, and stops them the other way round. Without it, agents that do not
    /// depend on each other (<see cref="AgentOptions.DependsOn"/>) start and stop together.
    /// </summary>
    /// <param name="builder">The host to be.</param>
    /// <returns>The builder.</returns>
    public static IHostApplicationBuilder StartAgentsInOrder(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<RegistrationOrder>();
        return builder;
    }

    private static IHostApplicationBuilder Add<TAgent>(IHostApplicationBuilder builder, Func<IServiceProvider, AgentContext, TAgent> make, Action<AgentOptions>? configure)
        where TAgent : BaseAgent
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var name = typeof(TAgent).GetCustomAttribute<AgentAttribute>()?.Name ?? typeof(TAgent).Name;
        if (services.Any(service => service.ImplementationInstance is AgentRegistration known && known.Name == name))
            throw new InvalidOperationException($"An agent called {name} is registered already; give one of them another name with [Agent(\"...\")].");

        var section = builder.Configuration.GetSection($"{AgentOptions.Section}:{name}");
        var options = services.AddOptions<AgentOptions>(name).Bind(section).Configure(agent => NoteGiven(agent, section)).ValidateOnStart();
        if (configure is not null)
            options.PostConfigure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AgentFailures>();
        services.AddAgentDirectory(builder.Configuration);
        services.TryAddSingleton<AgentRoster>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AgentFleet>());
        MonitoringServices.AddOnce(builder);
        services.AddSingleton(provider => provider.GetRequiredService<AgentRoster>().Add(make(provider, ContextOf(provider, name, section))));
        services.AddSingleton(new AgentRegistration(name, provider => provider.GetRequiredService<TAgent>()));
        services.AddOptions<HostOptions>().PostConfigure<IOptionsMonitor<AgentOptions>>((host, agents) => Allow(host, agents.Get(name)));
        services.AddHealthChecks()
            .Add(new HealthCheckRegistration(
                name,
                provider => new AgentHealthCheck(name, () => provider.GetRequiredService<AgentRoster>().Find(name), provider.GetRequiredService<ILogger<AgentHealthCheck>>()),
                HealthStatus.Unhealthy,
                [ReadyTag]))
            .Add(new HealthCheckRegistration(
                name + " alive", provider => new AgentLivenessCheck(name, provider.GetRequiredService<AgentRoster>()), HealthStatus.Unhealthy, [LiveTag]));
        return builder;
    }

    // A value that equals the default counts all the same where the configuration gives it.
    private static void NoteGiven(AgentOptions agent, IConfigurationSection section)
    {
        foreach (var (name, endpoint) in agent.Endpoints)
            endpoint.Given = [.. section.GetSection(nameof(AgentOptions.Endpoints)).GetSection(name).GetChildren().Select(value => value.Key)];
    }

    private static AgentContext ContextOf(IServiceProvider services, string name, IConfiguration section) => new(
        name,
        services.GetRequiredService<IOptionsMonitor<AgentOptions>>().Get(name),
        services.GetRequiredService<ILoggerFactory>(),
        services.GetService<IMeterFactory>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<AgentFailures>(),
        services.GetRequiredService<IAgentDirectory>(),
        services.GetRequiredService<IOptions<DirectoryOptions>>().Value)
    {
        Configuration = section,
        Services = services,
    };

    // The host must not give up before the agent does.
    private static void Allow(HostOptions host, AgentOptions agent)
    {
        var needed = agent.DrainTimeout + agent.StopTimeout + agent.StopTimeout;
        if (host.ShutdownTimeout < needed)
            host.ShutdownTimeout = needed;
    }
}
