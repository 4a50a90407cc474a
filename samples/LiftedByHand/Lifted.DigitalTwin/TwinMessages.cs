using System.Text.Json.Serialization;

namespace Lifted.DigitalTwin;

// Members are written in the order in which they stand here: it is part of the protocol.
internal sealed record HealthAnswer(bool Ok, string Agent, int Points);

internal sealed record StateAnswer(bool Ok, int Steps, double Seconds, double Celsius);

internal sealed record PredictionAnswer(bool Ok, double Celsius);

/// <summary>The generated writers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(PredictionAnswer))]
internal sealed partial class TwinJson : JsonSerializerContext;
