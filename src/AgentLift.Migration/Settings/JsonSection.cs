using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentLift.Migration.Settings;

/// <summary>Adds settings to a JSON file as text, so that nothing else of the file changes: not its layout, comments or line endings. It reads what the host's configuration reads: comments and trailing commas, names of any case.</summary>
internal static class JsonSection
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file with a setting at the end of the section that it belongs to.</summary>
    /// <param name="text">The file.</param>
    /// <param name="key">The setting, its sections divided by colons.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The file as it is where it has the setting already; <see langword="null"/> where one of the sections is a value.</returns>
    /// <exception cref="JsonException">The file does not parse, or is no object.</exception>
    public static string? Add(string text, string key, object value)
    {
        var present = Read(text);
        if (present.ContainsKey(key))
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (JsonPlace.Find(bytes, key.Split(':')) is not { } place)
            return null;
        var edited = new JsonLayout(bytes, place).Insert(JsonSerializer.Serialize(value, Readable));

        // Nothing else may have changed its value.
        present[key] = JsonSerializer.Serialize(value);
        var after = Read(edited);
        return after.Count == present.Count && after.All(setting => present.GetValueOrDefault(setting.Key) == setting.Value) ? edited : null;
    }

    /// <summary>A new file with one setting.</summary>
    public static string New(string newLine, string key, object value) => Add("{" + newLine + "}" + newLine, key, value)!;

    /// <summary>What a file sets, by key. The values are JSON.</summary>
    /// <exception cref="JsonException">The file does not parse, or is no object.</exception>
    public static Dictionary<string, string> Read(string text)
    {
        using var json = JsonDocument.Parse(text, Lenient);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is no object", null, 0, 0);
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Read(json.RootElement, string.Empty, settings);
        return settings;
    }

    private static void Read(JsonElement section, string prefix, Dictionary<string, string> settings)
    {
        foreach (var member in section.EnumerateObject())
        {
            var key = prefix + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Object)
                Read(member.Value, key + ":", settings);
            else
                settings[key] = JsonSerializer.Serialize(member.Value);
        }
    }
}
