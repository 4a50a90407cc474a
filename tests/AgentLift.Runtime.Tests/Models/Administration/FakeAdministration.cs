using AgentLift.Runtime.Models.Administration;

namespace AgentLift.Runtime.Tests.Models.Administration;

/// <summary>Two managers with three models; notes what is asked of them.</summary>
internal sealed class FakeAdministration : IModelAdministration
{
    private readonly List<ModelStatus> models =
    [
        ModelStatuses.Loaded("vision", "resnet50") with { Leases = 2, Idle = TimeSpan.FromSeconds(1.5), LastError = "cut short" },
        ModelStatuses.Unloaded("vision", "yolo/v8"),
        ModelStatuses.Unloaded("speech", "whisper"),
    ];

    public List<string> Asked { get; } = [];

    /// <summary>What is done when something is asked, after it is noted.</summary>
    public Func<CancellationToken, Task> Act { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ModelStatus> Models() => models;

    public IReadOnlyList<ModelDeviceStatus> Devices() => [new(ModelDevice.Cuda(0), 1_000, 600, 100)];

    public Task LoadAsync(string manager, string model, CancellationToken cancellationToken) => DoAsync("load", manager, model, cancellationToken);

    public Task UnloadAsync(string manager, string model, CancellationToken cancellationToken) => DoAsync("unload", manager, model, cancellationToken);

    public Task ReloadAsync(string manager, string model, CancellationToken cancellationToken) => DoAsync("reload", manager, model, cancellationToken);

    public Task PinAsync(string manager, string model, CancellationToken cancellationToken) => DoAsync("pin", manager, model, cancellationToken);

    public void Unpin(string manager, string model) => Asked.Add($"unpin {manager} {model}");

    public void Forget() => models.Clear();

    private Task DoAsync(string what, string manager, string model, CancellationToken cancellationToken)
    {
        Asked.Add($"{what} {manager} {model}");
        return Act(cancellationToken);
    }
}
