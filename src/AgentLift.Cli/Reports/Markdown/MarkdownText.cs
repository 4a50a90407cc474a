using System.Text;

namespace AgentLift.Cli.Reports.Markdown;

/// <summary>Text from the outside as Markdown that shows it literally.</summary>
internal static class MarkdownText
{
    /// <summary>
    /// Escapes what Markdown and its tables would act on. Mentions and references become character entities,
    /// because a backslash does not keep a code host from notifying whoever is named.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in OneLine.Of(text))
        {
            switch (character)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '@': escaped.Append("&#64;"); break;
                case '#': escaped.Append("&#35;"); break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$':
                    escaped.Append('\\').Append(character);
                    break;
                default: escaped.Append(character); break;
            }
        }

        return escaped.ToString();
    }
}
