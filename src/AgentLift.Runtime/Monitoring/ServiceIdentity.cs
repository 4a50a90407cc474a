using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>What this process is called where the figures of many are kept.</summary>
internal sealed class ServiceIdentity(IHostEnvironment host, IOptions<MonitoringOptions> options)
{
    public string Name => string.IsNullOrEmpty(host.ApplicationName) ? "unknown_service" : host.ApplicationName;

    public string InstanceId => options.Value.InstanceId ?? $"{Environment.MachineName}:{Environment.ProcessId}";
}
