using AgentLift.Runtime.Hosting;

namespace AgentLift.Runtime.Models;

/// <summary>Completes what a manager declares with the settings of the configuration, and refuses values that cannot be.</summary>
internal static class ModelDefinitionCheck
{
    public const int LowestPriority = 0;
    public const int HighestPriority = 10;

    private static readonly TimeSpan LongestKeepAlive = TimeSpan.FromDays(365);

    /// <summary>The definition with the settings of the configuration, and its path in full.</summary>
    public static ModelDefinition With(this ModelDefinition declared, ModelSchedulingOptions options, string manager)
    {
        var settings = options.Managers.TryGetValue(manager, out var models) && models.TryGetValue(declared.Name, out var model) ? model : new ModelSettings();
        var path = settings.Path ?? declared.Path;
        return declared with
        {
            Path = path is null ? null : Path.GetFullPath(path, AppContext.BaseDirectory),
            EstimatedBytes = settings.EstimatedBytes ?? declared.EstimatedBytes,
            Priority = settings.Priority ?? declared.Priority,
            KeepAlive = settings.KeepAlive ?? declared.KeepAlive,
            Pinned = settings.Pinned ?? declared.Pinned,
            Devices = settings.Devices.Count == 0 ? declared.Devices : [.. settings.Devices.Select(Parse)],
            Precision = settings.Precision ?? declared.Precision,
            Fallback = settings.Fallback ?? declared.Fallback,
            Warmup = settings.Warmup ?? declared.Warmup,
            LoadTimeout = settings.LoadTimeout ?? declared.LoadTimeout,
        };

        ModelDevice Parse(string text) => ModelDevice.TryParse(text, out var device)
            ? device
            : throw new ArgumentException($"Model {declared.Name} of {manager} is to lie on '{text}'; it must be {ModelDevice.Forms}.");
    }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static ModelDefinition Checked(string manager, ModelDefinition definition)
    {
        var prefix = $"Model {definition.Name} of {manager}: ";
        Check(nameof(definition.EstimatedBytes), definition.EstimatedBytes ?? 1, 1, long.MaxValue);
        Check(nameof(definition.Priority), definition.Priority, LowestPriority, HighestPriority);
        Check(nameof(definition.KeepAlive), definition.KeepAlive ?? LongestKeepAlive, TimeSpan.FromMilliseconds(1), LongestKeepAlive);
        Check(nameof(definition.LoadTimeout), definition.LoadTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(nameof(definition.EstimatedLoadTime), definition.EstimatedLoadTime ?? TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
        if (!Enum.IsDefined(definition.Precision))
            throw new ArgumentException($"{prefix}{nameof(definition.Precision)} is {definition.Precision}; it must be {string.Join(", ", Enum.GetNames<ModelPrecision>())}.", nameof(definition));
        if (definition.EstimatedBytes is null && definition.Path is null)
            throw new ArgumentException($"{prefix}nothing says how many bytes it takes; give {nameof(definition.EstimatedBytes)}, or its file.", nameof(definition));
        return definition;

        void Check<T>(string property, T value, T least, T most)
            where T : IComparable<T>
        {
            if (OptionRange.Failure(prefix + property, value, least, most) is { } failure)
                throw new ArgumentException(failure, nameof(definition));
        }
    }
}
