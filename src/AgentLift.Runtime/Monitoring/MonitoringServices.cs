using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>
/// Registers what watches the agents of a process. All of it starts in StartingAsync and ends in StoppedAsync, so that it is there
/// before the first agent starts and after the last has stopped, whatever the order of registration.
/// </summary>
internal static class MonitoringServices
{
    public static void AddOnce(IHostApplicationBuilder builder)
    {
        var services = builder.Services;

        // Bound twice, a list in the configuration would be in the options twice.
        if (services.Any(service => service.ServiceType == typeof(MonitoringServer)))
            return;
        services.AddOptions<MonitoringOptions>().Bind(builder.Configuration.GetSection(MonitoringOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MonitoringOptions>, MonitoringOptionsValidator>());
        services.AddMetrics();
        services.AddSingleton<MonitoredMeters>();
        services.AddSingleton<ServiceIdentity>();
        services.AddSingleton<HealthProbe>();
        services.TryAddSingleton(_ => SystemdEnvironment.OfThisProcess());
        services.AddSingleton<MonitoringServer>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MonitoringServer>());
        services.AddSingleton<IHostedService, OtlpExport>();
        services.AddSingleton<IHostedService, SystemdService>();
    }
}
