using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Reflection;
using AgentLift.Runtime.Health;
using AgentLift.Runtime.Hosting;
using AgentLift.Runtime.Models;
using AgentLift.Runtime.Models.Administration;
using AgentLift.Runtime.Monitoring;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>Registers managers of models with a host.</summary>
public static class ModelHostingExtensions
{
    /// <summary>
    /// Registers a manager of models, for agents to take in their constructors. All managers of a process share its devices; how, is bound from <c>Models</c>.
    /// At start everything that a model needs is checked: its file, its devices, its room. Pinned models are then loaded, and those to be warm after them.
    /// </summary>
    /// <typeparam name="TManager">The manager. Its constructor takes a <see cref="ModelManagerContext"/> and any registered services.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <returns>The builder.</returns>
    public static IHostApplicationBuilder AddModelManager<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TManager>(this IHostApplicationBuilder builder)
        where TManager : ModelManager =>
        Add(builder, static (services, context) => ActivatorUtilities.CreateInstance<TManager>(services, context));

    /// <summary>Registers a manager of models whose constructor takes more than registered services. Otherwise as <see cref="AddModelManager{TManager}(IHostApplicationBuilder)"/>.</summary>
    /// <typeparam name="TManager">The manager.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <param name="make">Makes the manager, once, on the context that it is given.</param>
    /// <returns>The builder.</returns>
    public static IHostApplicationBuilder AddModelManager<TManager>(this IHostApplicationBuilder builder, Func<IServiceProvider, ModelManagerContext, TManager> make)
        where TManager : ModelManager
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add(builder, make);
    }

    private static IHostApplicationBuilder Add<TManager>(IHostApplicationBuilder builder, Func<IServiceProvider, ModelManagerContext, TManager> make)
        where TManager : ModelManager
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(TManager)))
            throw new InvalidOperationException($"The model manager {typeof(TManager).Name} is registered already.");
        AddPoolOnce(builder);
        var name = typeof(TManager).GetCustomAttribute<ModelManagerAttribute>()?.Name ?? typeof(TManager).Name;
        services.AddSingleton(provider => make(provider, provider.GetRequiredService<ModelPool>().ContextFor(name)));
        services.AddSingleton(new ModelManagerRegistration(name, static provider => provider.GetRequiredService<TManager>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"models {name}",
            provider =>
            {
                var pool = provider.GetRequiredService<ModelPool>();
                return new ModelManagerHealthCheck(name, () => pool.Find(name)?.Status() ?? [], () => pool.Find(name) is { } manager ? manager.MissingLibrary() : "it has not been made yet");
            },
            HealthStatus.Unhealthy,
            [AgentHostingExtensions.ReadyTag]));
        return builder;
    }

    private static void AddPoolOnce(IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        // Bound twice, a list in the configuration would be in the options twice.
        if (services.Any(service => service.ServiceType == typeof(ModelPool)))
            return;
        services.AddOptions<ModelSchedulingOptions>().Bind(builder.Configuration.GetSection(ModelSchedulingOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelSchedulingOptions>, ModelSchedulingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AgentFailures>();
        MonitoringServices.AddOnce(builder);
        services.AddSingleton(provider => new ModelPool(
            provider.GetRequiredService<IOptions<ModelSchedulingOptions>>().Value,
            provider.GetService<IDeviceMemory>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<IMeterFactory>(),
            provider.GetRequiredService<TimeProvider>()));

        // Managers start before agents and stop after them, whatever the order of registration.
        services.AddSingleton<IHostedService, ModelManagersService>();
        services.AddSingleton<IModelAdministration, ModelAdministration>();
        services.AddSingleton<ModelAdministrationServer>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ModelAdministrationServer>());
    }
}
