using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentLift.Cli.Reports.Json;

/// <summary>Indented JSON with <c>\n</c> line ends and readable text, written in one go.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The output is a file of its own, never part of a page, so text may stay as people wrote it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Lets <paramref name="write"/> fill a document and copies it to <paramref name="output"/>, with a line end after it.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        output.Write('\n');
    }

    /// <summary>Writes a list of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes a number without the zeros that a decimal carries at its end.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string name, decimal value) =>
        json.WriteNumber(name, value / 1.0000000000000000000000000000m);
}
