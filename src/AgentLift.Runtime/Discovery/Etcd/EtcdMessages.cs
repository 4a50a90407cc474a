using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentLift.Runtime.Discovery;

// The messages of etcd's JSON gateway, as far as a directory needs them. Names are those of etcd's API, in Pascal case.
// Byte strings travel as base64, 64-bit integers as strings.

internal sealed record EtcdHeader(long Revision = 0);

internal sealed record RangeRequest(
    byte[] Key, byte[]? RangeEnd = null, bool CountOnly = false, bool KeysOnly = false, int Limit = 0, string? SortOrder = null, string? SortTarget = null);

internal sealed record RangeReply(EtcdHeader Header, long Count = 0, IReadOnlyList<EtcdKeyValue>? Kvs = null);

internal sealed record EtcdKeyValue(byte[] Key, byte[]? Value = null, long ModRevision = 0);

internal sealed record PutRequest(byte[] Key, byte[] Value, long Lease);

internal sealed record PutReply(EtcdHeader Header);

internal sealed record LeaseGrantRequest([property: JsonPropertyName("TTL")] long Ttl);

internal sealed record LeaseRequest([property: JsonPropertyName("ID")] long Id);

internal sealed record LeaseReply([property: JsonPropertyName("ID")] long Id = 0, [property: JsonPropertyName("TTL")] long Ttl = 0);

internal sealed record KeepAliveReply(LeaseReply? Result = null, JsonElement? Error = null);

internal sealed record LoginRequest(string Name, string Password);

internal sealed record LoginReply(string Token);

internal sealed record WatchRequest(WatchCreateRequest CreateRequest);

internal sealed record WatchCreateRequest(byte[] Key, byte[] RangeEnd, long StartRevision, bool ProgressNotify);

internal sealed record WatchReply(WatchResult? Result = null, JsonElement? Error = null);

internal sealed record WatchResult(
    EtcdHeader Header, bool Created = false, bool Canceled = false, string? CancelReason = null, long CompactRevision = 0, IReadOnlyList<EtcdEvent>? Events = null);

internal sealed record EtcdEvent(EtcdKeyValue Kv, string? Type = null)
{
    public bool IsDelete => Type == "DELETE";
}

internal sealed record EtcdError(string? Message = null, int Code = 0);

/// <summary>The generated reader and writer of etcd's messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RangeRequest))]
[JsonSerializable(typeof(RangeReply))]
[JsonSerializable(typeof(PutRequest))]
[JsonSerializable(typeof(PutReply))]
[JsonSerializable(typeof(LeaseGrantRequest))]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(LeaseReply))]
[JsonSerializable(typeof(KeepAliveReply))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginReply))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(WatchReply))]
[JsonSerializable(typeof(EtcdError))]
internal sealed partial class EtcdJson : JsonSerializerContext;

/// <summary>The generated reader and writer of the values: one instance each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    Converters = [typeof(JsonStringEnumConverter<HealthStatus>)])]
[JsonSerializable(typeof(AgentInstance))]
internal sealed partial class InstanceJson : JsonSerializerContext;
