using System.Text;

namespace AgentLift.Cli.Reports.Html;

/// <summary>Writes markup that is well-formed as HTML and as XML. Text and attribute values are always encoded.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private readonly Stack<string> open = new();

    /// <summary>Opens an element; disposing the result closes it.</summary>
    public Scope Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(name, attributes);
        output.Write('>');
        open.Push(name);
        return new Scope(this);
    }

    /// <summary>Writes an element that holds only text.</summary>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(name, attributes);
        output.Write('>');
        Text(text);
        output.Write("</");
        output.Write(name);
        output.Write('>');
        return this;
    }

    /// <summary>Writes an element without content.</summary>
    public HtmlWriter Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteStart(name, attributes);
        output.Write("/>");
        return this;
    }

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string text)
    {
        output.Write(Encode(text));
        return this;
    }

    /// <summary>Starts a new line of the source, for people who read it.</summary>
    public HtmlWriter Line()
    {
        output.Write('\n');
        return this;
    }

    /// <summary>Writes a style sheet or script of the tool itself, as it is. Never pass text from the outside.</summary>
    public HtmlWriter Own(string element, string content)
    {
        output.Write($"<{element}>{content}</{element}>");
        return this;
    }

    /// <summary>Text as character data: markup is escaped, and what neither HTML nor XML allows, or what reorders the text around it, becomes U+FFFD.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '&': encoded.Append("&amp;"); break;
                case '<': encoded.Append("&lt;"); break;
                case '>': encoded.Append("&gt;"); break;
                case '"': encoded.Append("&quot;"); break;
                case '\'': encoded.Append("&#39;"); break;
                case '\n' or '\t': encoded.Append(character); break;
                case var _ when char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    encoded.Append(character).Append(text[++i]);
                    break;
                case var _ when IsForbidden(character):
                    encoded.Append('\uFFFD');
                    break;
                default: encoded.Append(character); break;
            }
        }

        return encoded.ToString();
    }

    private static bool IsForbidden(char character) =>
        char.IsSurrogate(character) || char.IsControl(character) || character >= '\uFFFE' || OneLine.IsDirectionOverride(character);

    // An attribute without a value is left out.
    private void WriteStart(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
                output.Write($" {attribute}=\"{Encode(value)}\"");
        }
    }

    private void Close() => output.Write($"</{open.Pop()}>");

    /// <summary>An open element.</summary>
    internal readonly struct Scope(HtmlWriter writer) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Close();
    }
}
