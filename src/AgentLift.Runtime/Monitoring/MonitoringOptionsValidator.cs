using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Monitoring;

/// <summary>Names the configuration key of each value that cannot be, with the value and what it may be.</summary>
internal sealed class MonitoringOptionsValidator : IValidateOptions<MonitoringOptions>
{
    public ValidateOptionsResult Validate(string? name, MonitoringOptions options)
    {
        var failures = new List<string>();
        if (options.Address is { } address && !EndpointAddress.TryParse(address, out _))
            failures.Add($"{Key(nameof(MonitoringOptions.Address))} is '{address}'; it must be IP:PORT, such as 127.0.0.1:9464, or *:PORT.");
        Check(nameof(MonitoringOptions.HealthTimeout), options.HealthTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        if (options.Meters.FirstOrDefault(meter => !IsMeter(meter)) is { } wrong)
            failures.Add($"{Key(nameof(MonitoringOptions.Meters))} names '{wrong}'; it must be the name of a meter, with a * at its end or none.");
        Check(nameof(MonitoringOptions.MaxSeries), options.MaxSeries, 1, 100_000);
        if (options.OtlpEndpoint is { } endpoint && !IsWebAddress(endpoint))
            failures.Add($"{Key(nameof(MonitoringOptions.OtlpEndpoint))} is '{endpoint}'; it must be an absolute http or https address, such as http://localhost:4317.");
        if (!Enum.IsDefined(options.OtlpProtocol))
            failures.Add($"{Key(nameof(MonitoringOptions.OtlpProtocol))} is {options.OtlpProtocol}; it must be {nameof(OtlpProtocol.Grpc)} or {nameof(OtlpProtocol.HttpProtobuf)}.");
        Check(nameof(MonitoringOptions.OtlpInterval), options.OtlpInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check<T>(string property, T value, T least, T most)
            where T : IComparable<T>
        {
            if (OptionRange.Failure(Key(property), value, least, most) is { } failure)
                failures.Add(failure);
        }
    }

    private static bool IsMeter(string name) => !string.IsNullOrWhiteSpace(name) && name.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == name.Length - 1);

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string Key(string property) => $"{MonitoringOptions.Section}:{property}";
}
