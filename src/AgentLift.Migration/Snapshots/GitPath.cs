using System.Text;

namespace AgentLift.Migration.Snapshots;

/// <summary>Paths as git writes them into a patch.</summary>
internal static class GitPath
{
    /// <summary>The path, in quotes and with escapes where it holds a byte that git would quote.</summary>
    public static string Quoted(string path)
    {
        var text = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(path))
        {
            text.Append(letter switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                (byte)'\t' => "\\t",
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                < 0x20 or >= 0x7f => "\\" + Convert.ToString(letter, 8).PadLeft(3, '0'),
                _ => ((char)letter).ToString(),
            });
        }

        return text.Length == path.Length ? path : $"\"{text}\"";
    }

    /// <summary>The path as a line of its own ends with it: a tab tells where one with spaces ends.</summary>
    public static string Named(string path) => Quoted(path) + (path.Contains(' ') ? "\t" : string.Empty);
}
