using System.Net;
using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Models;

/// <summary>Names the configuration key of each value of model scheduling that cannot be, with the value and what it may be.</summary>
internal sealed class ModelSchedulingOptionsValidator : IValidateOptions<ModelSchedulingOptions>
{
    private const string DevicesKey = $"{ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}";
    private const string ManagersKey = $"{ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Managers)}";
    private const string AdministrationKey = $"{ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Administration)}";
    private const string AddressKey = $"{AdministrationKey}:{nameof(ModelAdministrationOptions.Address)}";
    private const string TokenKey = $"{AdministrationKey}:{nameof(ModelAdministrationOptions.Token)}";
    private const int ShortestToken = 16;

    public ValidateOptionsResult Validate(string? name, ModelSchedulingOptions options)
    {
        string[] failures =
        [
            .. Limits(options).OfType<string>(),
            .. Devices(options.Devices),
            .. options.Managers.SelectMany(manager => (manager.Value ?? []).SelectMany(
                model => ModelSettingsCheck.Failures($"{ManagersKey}:{manager.Key}:{model.Key}", model.Value, options.Devices))),
            .. Administration(options.Administration),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string?> Limits(ModelSchedulingOptions options)
    {
        yield return Range(nameof(ModelSchedulingOptions.QueueCapacity), options.QueueCapacity, 1, 1_000_000);
        yield return Range(nameof(ModelSchedulingOptions.QueueTimeout), options.QueueTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        yield return Range(nameof(ModelSchedulingOptions.ConcurrentLoads), options.ConcurrentLoads, 1, 64);
        yield return Range(nameof(ModelSchedulingOptions.ResidencyFactor), options.ResidencyFactor, 0, 100);
        yield return Range(nameof(ModelSchedulingOptions.ExpectedBytesPerSecond), options.ExpectedBytesPerSecond, 1_000_000, 1_000_000_000_000);

        static string? Range<T>(string property, T value, T least, T most)
            where T : IComparable<T> => OptionRange.Failure($"{ModelSchedulingOptions.Section}:{property}", value, least, most);
    }

    private static IEnumerable<string> Devices(IList<ModelDeviceOptions> devices)
    {
        var known = new HashSet<ModelDevice>();
        for (var i = 0; i < devices.Count; i++)
        {
            var key = $"{DevicesKey}:{i}:{nameof(ModelDeviceOptions.Device)}";
            if (!ModelDevice.TryParse(devices[i].Device, out var device))
                yield return $"{key} is '{devices[i].Device}'; it must be {ModelDevice.Forms}.";
            else if (!known.Add(device))
                yield return $"{key} is '{devices[i].Device}', which is there already; each device is named once.";
            if (devices[i].BudgetBytes is <= 0)
                yield return $"{DevicesKey}:{i}:{nameof(ModelDeviceOptions.BudgetBytes)} is {devices[i].BudgetBytes}; it must be more than 0.";
        }
    }

    // No message shows the token.
    private static IEnumerable<string> Administration(ModelAdministrationOptions administration)
    {
        IPEndPoint? address = null;
        if (administration.Address is { } text)
        {
            if (EndpointAddress.TryParse(text, out var parsed))
                address = parsed;
            else
                yield return $"{AddressKey} is '{text}'; it must be IP:PORT, such as 127.0.0.1:9465, or *:PORT.";
        }

        if (administration.Token is { } token && (token.Length < ShortestToken || token.Any(letter => letter is <= ' ' or > '~')))
            yield return $"{TokenKey} has {token.Length} characters; it must have at least {ShortestToken}, visible ones of ASCII without spaces.";
        else if (administration.Token is null && address is not null && !IPAddress.IsLoopback(address.Address))
            yield return $"{TokenKey} is not set; {AddressKey} '{administration.Address}' can be reached from other machines, and needs a token of at least {ShortestToken} characters.";
    }
}
