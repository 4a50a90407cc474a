using AgentLift.Runtime.Hosting;

namespace AgentLift.Runtime.Models;

/// <summary>Names the configuration key of each value of a model that cannot be.</summary>
internal static class ModelSettingsCheck
{
    private const ModelFallback AllFallbacks = ModelFallback.HalfPrecision | ModelFallback.Cpu;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <param name="key">The key of the model.</param>
    /// <param name="settings">Its settings; <see langword="null"/> where the configuration has none under its key.</param>
    /// <param name="devices">The devices that models may use; empty where that is not configured.</param>
    public static IEnumerable<string> Failures(string key, ModelSettings? settings, IList<ModelDeviceOptions> devices) =>
        settings is null ? [] : Values(key, settings).OfType<string>().Concat(Devices(key, settings.Devices, devices));

    private static IEnumerable<string?> Values(string key, ModelSettings settings)
    {
        if (settings.Path is { } path && string.IsNullOrWhiteSpace(path))
            yield return $"{key}:{nameof(ModelSettings.Path)} is empty; leave it out, or name a file.";
        if (settings.EstimatedBytes is { } bytes and <= 0)
            yield return $"{key}:{nameof(ModelSettings.EstimatedBytes)} is {bytes}; it must be more than 0.";
        yield return Range(nameof(ModelSettings.Priority), settings.Priority, 0, 10);
        yield return Range(nameof(ModelSettings.KeepAlive), settings.KeepAlive, Shortest, TimeSpan.FromDays(365));
        yield return Range(nameof(ModelSettings.LoadTimeout), settings.LoadTimeout, Shortest, TimeSpan.FromDays(1));
        if (settings.Precision is { } precision && !Enum.IsDefined(precision))
            yield return OneOf<ModelPrecision>(nameof(ModelSettings.Precision), precision);
        if (settings.Fallback is { } fallback && (fallback & ~AllFallbacks) != 0)
            yield return OneOf<ModelFallback>(nameof(ModelSettings.Fallback), fallback);
        if (settings.Warmup is { } warmup && !Enum.IsDefined(warmup))
            yield return OneOf<LazyWarmup>(nameof(ModelSettings.Warmup), warmup);

        string? Range<T>(string property, T? value, T least, T most)
            where T : struct, IComparable<T> => value is { } given ? OptionRange.Failure($"{key}:{property}", given, least, most) : null;

        string OneOf<T>(string property, T value)
            where T : struct, Enum => $"{key}:{property} is {value}; it must be {string.Join(", ", Enum.GetNames<T>())}.";
    }

    private static IEnumerable<string> Devices(string key, IList<string> names, IList<ModelDeviceOptions> configured)
    {
        var allowed = configured.Select(device => ModelDevice.TryParse(device.Device, out var parsed) ? parsed : (ModelDevice?)null).ToHashSet();
        var known = new HashSet<ModelDevice>();
        for (var i = 0; i < names.Count; i++)
        {
            var one = $"{key}:{nameof(ModelSettings.Devices)}:{i}";
            if (!ModelDevice.TryParse(names[i], out var device))
                yield return $"{one} is '{names[i]}'; it must be {ModelDevice.Forms}.";
            else if (!known.Add(device))
                yield return $"{one} is '{names[i]}', which is there already; each device is named once.";
            else if (allowed.Count > 0 && !allowed.Contains(device))
                yield return $"{one} is '{names[i]}'; it must be one of {ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}: {string.Join(", ", allowed.OfType<ModelDevice>())}.";
        }
    }
}
