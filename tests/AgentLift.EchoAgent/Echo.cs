using System.Text.Json.Serialization;
using AgentLift.Runtime;

namespace AgentLift.EchoAgent;

/// <summary>What the echo agent is asked.</summary>
/// <param name="Text">Comes back.</param>
/// <param name="Milliseconds">How long the answer takes.</param>
public sealed record Echo(string Text, int Milliseconds = 0);

/// <summary>What it answers.</summary>
/// <param name="Text">What was sent.</param>
/// <param name="ProcessId">The process that answered.</param>
public sealed record Echoed(string Text, int ProcessId);

/// <summary>What both sides agree on.</summary>
public static class EchoContracts
{
    /// <summary>Sends a text back.</summary>
    public static MessageContract<Echo, Echoed> Echo { get; } = new("echo", EchoJson.Default.Echo, EchoJson.Default.Echoed);
}

/// <summary>The JSON forms.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Echo))]
[JsonSerializable(typeof(Echoed))]
public sealed partial class EchoJson : JsonSerializerContext;
