using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Health;

/// <summary>
/// Whether the models of a manager can be had. A model that is not loaded is well: it is loaded when it is used. Degraded is one whose last load failed, and one
/// that is pinned and not loaded; without the native library nothing works.
/// </summary>
/// <param name="manager">The manager's name.</param>
/// <param name="models">Where its models stand.</param>
/// <param name="missingLibrary">What is wrong with the native library; <see langword="null"/> while nothing is known to be.</param>
internal sealed class ModelManagerHealthCheck(string manager, Func<IReadOnlyList<ModelStatus>> models, Func<string?> missingLibrary) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = models();
        var data = all.ToDictionary(model => $"model {model.Name}", object (model) => Describe(model), StringComparer.Ordinal);
        if (missingLibrary() is { } missing)
            return Task.FromResult(HealthCheckResult.Unhealthy($"No model of {manager} can be loaded: {missing}", data: data));
        string[] troubles = [.. all.Select(TroubleOf).OfType<string>()];
        return Task.FromResult(troubles.Length == 0 ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(string.Join(" ", troubles), data: data));
    }

    private static string? TroubleOf(ModelStatus model) => model switch
    {
        { LastError: { } error, State: ModelState.Loaded } => $"Model {model.Name} could not be loaded again, the version before it is in use: {error}",
        { LastError: { } error } => $"Model {model.Name} could not be loaded: {error}",
        { Pinned: true, State: not ModelState.Loaded } => $"Model {model.Name} is pinned and {model.State}.",
        _ => null,
    };

    private static string Describe(ModelStatus model)
    {
        var parts = new List<string> { model.State.ToString() };
        if (model.Device is { } device)
            parts.Add(device.ToString());
        if (model is { Device: not null, Bytes: { } bytes })
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"));
        if (model.SharedWith is { } other)
            parts.Add($"shared with {other}"); // Whose report counts who uses them.
        if (model is { SharedWith: null, Leases: > 0 })
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"leases {model.Leases}"));
        if (model is { SharedWith: null, Waiting: > 0 })
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"waiting {model.Waiting}"));
        if (model.Pinned)
            parts.Add("pinned");
        return string.Join(", ", parts);
    }
}
