using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace AgentLift.Runtime.Discovery;

/// <summary>Where instances stand in etcd: <c>PREFIX AGENT / ID</c>, with names escaped so that a slash in one cannot reach another agent.</summary>
internal sealed class EtcdKeys(string prefix)
{
    private readonly string prefix = prefix;

    /// <summary>The range of all instances of all agents.</summary>
    public (byte[] Key, byte[] End) All { get; } = RangeOf(prefix);

    /// <summary>The range of all instances of one agent.</summary>
    public (byte[] Key, byte[] End) Of(string agent) => RangeOf($"{prefix}{Uri.EscapeDataString(agent)}/");

    public byte[] Of(string agent, string id) => Encoding.UTF8.GetBytes($"{prefix}{Uri.EscapeDataString(agent)}/{Uri.EscapeDataString(id)}");

    /// <summary>Takes a key apart. Not every key below the prefix need be an agent's, nor escaped as this class does it.</summary>
    public bool TryParse(byte[] key, [NotNullWhen(true)] out string? agent, [NotNullWhen(true)] out string? id)
    {
        agent = id = null;
        var text = Encoding.UTF8.GetString(key);
        var slash = text.LastIndexOf('/');
        if (slash <= prefix.Length || !text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        agent = Uri.UnescapeDataString(text[prefix.Length..slash]);
        id = Uri.UnescapeDataString(text[(slash + 1)..]);
        return Of(agent, id).AsSpan().SequenceEqual(key);
    }

    /// <summary>Reads an instance, or says why the entry holds none.</summary>
    public (AgentInstance? Instance, string? Problem) Read(EtcdKeyValue entry)
    {
        if (!TryParse(entry.Key, out var agent, out var id))
            return (null, "the key is not AGENT/ID");
        try
        {
            return JsonSerializer.Deserialize(entry.Value, InstanceJson.Default.AgentInstance) is { } instance
                ? (instance with { Agent = agent, Id = id }, null)
                : (null, "the value is null");
        }
        catch (JsonException error)
        {
            return (null, error.Message);
        }
    }

    public static byte[] ValueOf(AgentInstance instance) => JsonSerializer.SerializeToUtf8Bytes(instance, InstanceJson.Default.AgentInstance);

    // The end of a range of keys with one prefix is that prefix with its last byte, here a slash, one higher.
    private static (byte[] Key, byte[] End) RangeOf(string prefix)
    {
        var key = Encoding.UTF8.GetBytes(prefix);
        var end = (byte[])key.Clone();
        end[^1]++;
        return (key, end);
    }
}
