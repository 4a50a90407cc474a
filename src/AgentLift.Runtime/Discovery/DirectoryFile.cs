using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentLift.Runtime.Discovery;

/// <summary>Reads the file of a file directory.</summary>
internal static class DirectoryFile
{
    private const string Setting = $"{DirectoryOptions.Section}:{nameof(DirectoryOptions.File)}";
    private const string Shape = """{ "agents": [ { "name": "tutor", "instances": [ { "id": "a", "endpoints": { "requests": "10.0.0.5:5611" } } ] } ] }""";

    /// <summary>Reads all instances, or says what is wrong, in which line, and what to do.</summary>
    public static (IReadOnlyList<AgentInstance> Instances, IReadOnlyCollection<string> Agents, string? Problem) Read(string path)
    {
        try
        {
            var agents = JsonSerializer.Deserialize(File.ReadAllBytes(path), DirectoryFileJson.Default.Content)?.Agents ?? [];
            var instances = agents.SelectMany(agent => agent.Instances.Select(instance => new AgentInstance
            {
                Agent = agent.Name,
                Id = instance.Id,
                Endpoints = instance.Endpoints.ToDictionary(endpoint => endpoint.Key, endpoint => endpoint.Value.Text, StringComparer.Ordinal),
            })).ToArray();
            var twice = instances.GroupBy(instance => (instance.Agent, instance.Id)).FirstOrDefault(group => group.Count() > 1);
            return twice is null
                ? (instances, [.. agents.Select(agent => agent.Name).Distinct(StringComparer.Ordinal)], null)
                : Bad($"{path}: agent {twice.Key.Agent} has two instances {twice.Key.Id}; give one of them another id.");
        }
        catch (JsonException error)
        {
            return Bad($"{path}({error.LineNumber + 1}): {Reason(error)} Write it as {Shape}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Bad($"{path} cannot be read: {error.Message} Check {Setting}.");
        }

        static (IReadOnlyList<AgentInstance>, IReadOnlyCollection<string>, string) Bad(string problem) => ([], [], problem);
    }

    // The serializer appends its own account of where, which the file and line already give.
    private static string Reason(JsonException error)
    {
        var where = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (where < 0)
            where = error.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return where < 0 ? error.Message : error.Message[..where];
    }

    internal sealed record Content(IReadOnlyList<Agent> Agents);

    internal sealed record Agent(string Name, IReadOnlyList<Instance> Instances);

    internal sealed record Instance(string Id, IReadOnlyDictionary<string, Address> Endpoints);

    [JsonConverter(typeof(AddressConverter))]
    internal readonly record struct Address(string Text);

    /// <summary>Checks addresses while they are read, so that a bad one is told with its line.</summary>
    internal sealed class AddressConverter : JsonConverter<Address>
    {
        public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An address must be a string HOST:PORT.");
            var colon = text.LastIndexOf(':');
            if (colon <= 0 || Uri.CheckHostName(text[..colon]) == UriHostNameType.Unknown || !ushort.TryParse(text.AsSpan(colon + 1), out var port) || port == 0)
                throw new JsonException($"'{text}' is no address; it must be HOST:PORT.");
            return new Address(text);
        }

        public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}

/// <summary>The generated reader of directory files. A misspelt or missing property is an error, never a silent default.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(DirectoryFile.Content))]
internal sealed partial class DirectoryFileJson : JsonSerializerContext;
