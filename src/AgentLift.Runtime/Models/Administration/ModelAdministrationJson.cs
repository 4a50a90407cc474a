using System.Text.Json.Serialization;

namespace AgentLift.Runtime.Models.Administration;

/// <summary>All models and devices.</summary>
internal sealed record ModelsDocument(IReadOnlyList<ModelDocument> Models, IReadOnlyList<DeviceDocument> Devices)
{
    public static ModelsDocument Of(IModelAdministration models) => new([.. models.Models().Select(ModelDocument.Of)], [.. models.Devices().Select(DeviceDocument.Of)]);
}

/// <summary>A model, as <see cref="ModelStatus"/> says.</summary>
internal sealed record ModelDocument(
    string Manager,
    string Name,
    ModelState State,
    string? Device,
    ModelPrecision? Precision,
    long? Bytes,
    int Leases,
    int Waiting,
    bool Pinned,
    double? IdleSeconds,
    string? LastError,
    string? SharedWith)
{
    public static ModelDocument Of(ModelStatus status) => new(
        status.Manager,
        status.Name,
        status.State,
        status.Device?.ToString(),
        status.Precision,
        status.Bytes,
        status.Leases,
        status.Waiting,
        status.Pinned,
        status.Idle?.TotalSeconds,
        status.LastError,
        status.SharedWith);
}

/// <summary>A device, as <see cref="ModelDeviceStatus"/> says.</summary>
internal sealed record DeviceDocument(string Device, long BudgetBytes, long LoadedBytes, long ReservedBytes)
{
    public static DeviceDocument Of(ModelDeviceStatus status) => new(status.Device.ToString(), status.BudgetBytes, status.LoadedBytes, status.ReservedBytes);
}

/// <summary>Why a request was not carried out, in the form of RFC 9457.</summary>
internal sealed record ProblemDocument(string Title, int Status, string Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelsDocument))]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ModelAdministrationJson : JsonSerializerContext;
