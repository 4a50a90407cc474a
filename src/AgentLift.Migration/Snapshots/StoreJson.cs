using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentLift.Migration.Snapshots;

/// <summary>How manifests and journals are written.</summary>
internal static class StoreJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };
}
