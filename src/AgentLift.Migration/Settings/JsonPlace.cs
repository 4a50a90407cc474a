using System.Text.Json;

namespace AgentLift.Migration.Settings;

/// <summary>Where in a JSON file a setting goes: at the end of the innermost of its sections that is there.</summary>
/// <param name="Open">Position of its opening brace.</param>
/// <param name="Close">Position of its closing brace.</param>
/// <param name="FirstMember">Position of its first member; -1 where it has none.</param>
/// <param name="LastValueEnd">Where its last value ends; -1 where it has none.</param>
/// <param name="Missing">The names that are still to be written, the setting's own last.</param>
internal sealed record JsonPlace(int Open, int Close, int FirstMember, int LastValueEnd, ReadOnlyMemory<string> Missing)
{
    /// <summary>Finds the place.</summary>
    /// <param name="json">The file, which parses and is an object.</param>
    /// <param name="path">The sections of the setting, and its name.</param>
    /// <returns><see langword="null"/> where one of the sections is no object.</returns>
    public static JsonPlace? Find(ReadOnlySpan<byte> json, string[] path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        for (var depth = 0; ; depth++)
        {
            var (open, first, lastEnd) = ((int)reader.TokenStartIndex, -1, -1);
            var inner = false;
            while (!inner && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (first < 0)
                    first = (int)reader.TokenStartIndex;
                inner = string.Equals(reader.GetString(), path[depth], StringComparison.OrdinalIgnoreCase);
                reader.Read();
                if (inner && (reader.TokenType != JsonTokenType.StartObject || depth + 1 == path.Length))
                    return null;
                if (inner)
                    break;
                reader.Skip();
                lastEnd = (int)reader.BytesConsumed;
            }

            if (!inner)
                return new JsonPlace(open, (int)reader.TokenStartIndex, first, lastEnd, path.AsMemory(depth));
        }
    }
}
