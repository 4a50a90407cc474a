using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Data;

/// <summary>Reads JSON with the line of each value. Comments and trailing commas are allowed.</summary>
internal ref struct JsonDocumentReader
{
    private readonly string file;
    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader reader;
    private long counted;
    private int line;

    private JsonDocumentReader(string file, ReadOnlySpan<byte> bytes)
    {
        this.file = file;
        this.bytes = bytes;
        reader = new Utf8JsonReader(
            bytes,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        line = 1;
    }

    /// <exception cref="DataException">The text is not JSON.</exception>
    public static DataNode Read(DataFile file)
    {
        var bytes = Encoding.UTF8.GetBytes(file.Content.TrimStart('\uFEFF'));
        try
        {
            var document = new JsonDocumentReader(file.Path, bytes);
            document.Next();
            var root = document.ReadValue();
            document.reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            var line = (int)(error.LineNumber ?? 0) + 1;
            throw new DataException(new DataProblem(file.Path, line, "not valid JSON: " + Shorten(error.Message), "correct the syntax there"));
        }
    }

    private static string Shorten(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message.Substring(0, end)).TrimEnd('.');
    }

    private void Next() => reader.Read();

    private DataNode ReadValue()
    {
        var start = CurrentLine();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var properties = ImmutableArray.CreateBuilder<KeyValuePair<string, DataNode>>();
                for (Next(); reader.TokenType != JsonTokenType.EndObject; Next())
                {
                    var name = reader.GetString()!;
                    Next();
                    properties.Add(new(name, ReadValue()));
                }

                return DataNode.Map(file, start, properties.ToImmutable());

            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<DataNode>();
                for (Next(); reader.TokenType != JsonTokenType.EndArray; Next())
                    items.Add(ReadValue());
                return DataNode.List(file, start, items.ToImmutable());

            case JsonTokenType.Null:
                return DataNode.Scalar(file, start, null);

            case JsonTokenType.String:
                return DataNode.Scalar(file, start, reader.GetString(), isQuoted: true);

            default:
                return DataNode.Scalar(file, start, Encoding.UTF8.GetString(reader.ValueSpan.ToArray()));
        }
    }

    private int CurrentLine()
    {
        for (; counted < reader.TokenStartIndex; counted++)
        {
            if (bytes[(int)counted] == (byte)'\n')
                line++;
        }

        return line;
    }
}
