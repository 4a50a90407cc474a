using System.Text;
using System.Text.Json;

namespace AgentLift.Migration.Settings;

/// <summary>Writes a setting into a JSON file the way the file is laid out.</summary>
internal sealed class JsonLayout
{
    private const string DefaultUnit = "  ";

    private readonly byte[] json;
    private readonly JsonPlace place;
    private readonly string newLine;
    private readonly string unit;

    /// <param name="json">The file.</param>
    /// <param name="place">Where the setting goes.</param>
    public JsonLayout(byte[] json, JsonPlace place)
    {
        this.json = json;
        this.place = place;
        newLine = json.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        unit = UnitOf(json);
    }

    /// <summary>The file with the setting.</summary>
    /// <param name="value">Its value as JSON.</param>
    public string Insert(string value) => place.LastValueEnd < 0 ? IntoEmpty(value) : BehindLast(value);

    private string IntoEmpty(string value)
    {
        var inner = IndentOfLine(place.Open) + unit;
        var between = Encoding.UTF8.GetString(json, place.Open + 1, place.Close - place.Open - 1);
        var kept = between.TrimEnd();
        var end = between.Contains('\n', StringComparison.Ordinal) && kept.Length > 0 ? between[kept.Length..] : newLine + IndentOfLine(place.Open);
        return Join(Before(place.Open + 1), kept, newLine + inner, Member(value, inner), end, After(place.Close));
    }

    // A comma goes to the last value, the setting to the line below it, behind what is said about the value.
    private string BehindLast(string value)
    {
        var hasComma = CommaBehind(place.LastValueEnd) is var comma && comma >= 0;
        var isOnLines = json.AsSpan(place.Open, place.FirstMember - place.Open).Contains((byte)'\n');
        var end = EndOfRemarks(hasComma ? comma + 1 : place.LastValueEnd);
        var remarks = Text(hasComma ? comma + 1 : place.LastValueEnd, end);
        var indent = IndentOfLine(place.FirstMember);
        var between = isOnLines || remarks.Contains("//", StringComparison.Ordinal) ? newLine + indent : " ";
        var member = isOnLines ? Member(value, indent) : InLine(value);
        return Join(Before(place.LastValueEnd), hasComma ? Text(place.LastValueEnd, comma + 1) : ",", remarks, between, member, hasComma ? "," : string.Empty, After(end));
    }

    private string Member(string value, string indent)
    {
        var names = place.Missing.Span;
        var text = new StringBuilder();
        for (var i = 0; i < names.Length - 1; i++)
        {
            indent += unit;
            text.Append(JsonSerializer.Serialize(names[i])).Append(": {").Append(newLine).Append(indent);
        }

        text.Append(JsonSerializer.Serialize(names[^1])).Append(": ").Append(value);
        for (var i = 0; i < names.Length - 1; i++)
        {
            indent = indent[..^unit.Length];
            text.Append(newLine).Append(indent).Append('}');
        }

        return text.ToString();
    }

    private string InLine(string value) =>
        string.Join(": { ", place.Missing.ToArray().Select(name => JsonSerializer.Serialize(name))) + ": " + value + string.Concat(Enumerable.Repeat(" }", place.Missing.Length - 1));

    private string Before(int position) => Text(0, position);

    private string After(int position) => Text(position, json.Length);

    private string Text(int start, int end) => Encoding.UTF8.GetString(json, start, end - start);

    private static string Join(params ReadOnlySpan<string> parts) => string.Concat(parts);

    // Where the comments on the line of a position end.
    private int EndOfRemarks(int position)
    {
        var end = position;
        for (var i = position; i < place.Close; i++)
        {
            if (json[i] is (byte)'\n' or (byte)'\r')
                return end;
            if (json[i] != (byte)'/')
                continue;
            i = EndOfComment(i);
            end = i--;
        }

        return end;
    }

    private int CommaBehind(int position)
    {
        for (var i = position; i < place.Close; i++)
        {
            if (json[i] == (byte)',')
                return i;
            if (json[i] == (byte)'/')
                i = EndOfComment(i) - 1;
        }

        return -1;
    }

    private int EndOfComment(int start)
    {
        var isBlock = json[start + 1] == (byte)'*';
        var rest = json.AsSpan(start + 2);
        var length = isBlock ? rest.IndexOf("*/"u8) + 2 : rest.IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? json.Length : start + 2 + length;
    }

    private string IndentOfLine(int position)
    {
        var start = json.AsSpan(0, position).LastIndexOf((byte)'\n') + 1;
        var end = start;
        while (json[end] is (byte)' ' or (byte)'\t')
            end++;
        return Text(start, end);
    }

    private static string UnitOf(byte[] json)
    {
        var text = Encoding.UTF8.GetString(json);
        var first = text.IndexOf('"', StringComparison.Ordinal);
        if (first < 0)
            return DefaultUnit;
        var line = text.LastIndexOf('\n', first) + 1;
        var indent = text[line..first];
        return line > 0 && indent.Length > 0 && string.IsNullOrWhiteSpace(indent) ? indent : DefaultUnit;
    }
}
