using AgentLift.Runtime.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>Registers the directory that the configuration asks for.</summary>
internal static class DirectoryRegistration
{
    /// <summary>Registers the directory once, however often it is called. A directory that the team registered before stays.</summary>
    public static IServiceCollection AddAgentDirectory(this IServiceCollection services, IConfiguration configuration)
    {
        // Binding a second time would append the nodes of etcd a second time.
        if (services.Any(service => service.ImplementationType == typeof(DirectoryOptionsValidator)))
            return services;
        services.AddSingleton<IValidateOptions<DirectoryOptions>, DirectoryOptionsValidator>();
        services.AddOptions<DirectoryOptions>().Bind(configuration.GetSection(DirectoryOptions.Section)).PostConfigure<IServiceProvider>(Root).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Create);
        return services;
    }

    // A relative path counts from where settings files are: what a service manager takes for the working directory is nobody's intention.
    private static void Root(DirectoryOptions options, IServiceProvider services)
    {
        if (options.File is { } file && services.GetService<IHostEnvironment>() is { } environment)
            options.File = Path.Combine(environment.ContentRootPath, file);
    }

    private static IAgentDirectory Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DirectoryOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        return options.Kind switch
        {
            DirectoryKind.File => new FileDirectory(options.File!, time, services.GetRequiredService<ILogger<FileDirectory>>()),
            DirectoryKind.Etcd => new EtcdDirectory(options.Etcd, time, services.GetRequiredService<ILogger<EtcdDirectory>>()),
            _ => new InProcessDirectory(),
        };
    }
}
