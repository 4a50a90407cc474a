using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentLift.Runtime.Endpoints;

/// <summary>
/// Takes Kestrel's services into a collection: they are registered through a builder of web hosts and no other way. A server that is constructed instead has
/// no pool that gives memory back.
/// </summary>
internal sealed class KestrelRegistration(IServiceCollection services) : IWebHostBuilder
{
    private readonly WebHostBuilderContext context = new();

    public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(services);
        return this;
    }

    public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices)
    {
        configureServices(context, services);
        return this;
    }

    // An endpoint is set up by its options alone.
    public IWebHostBuilder ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

    public string? GetSetting(string key) => null;

    public IWebHostBuilder UseSetting(string key, string? value) => this;

#pragma warning disable ASPDEPR008 // The interface asks for it.
    public IWebHost Build() => throw new NotSupportedException("There is no web host, only its services.");
#pragma warning restore ASPDEPR008
}
