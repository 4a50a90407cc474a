using System.Security.Cryptography;
using System.Text;

namespace AgentLift.Cli.Reports.Html;

/// <summary>The style sheet and the script of the page, which the tool carries.</summary>
/// <param name="Content">The text, with <c>\n</c> line ends.</param>
internal sealed record PageResource(string Content)
{
    /// <summary>The style sheet.</summary>
    public static PageResource Style { get; } = Read("report.css");

    /// <summary>Sorting and filtering; the page works without it.</summary>
    public static PageResource Script { get; } = Read("report.js");

    /// <summary>The hash by which the page's content security policy lets this text in, and nothing else.</summary>
    public string PolicyHash => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))}'";

    private static PageResource Read(string name)
    {
        using var stream = typeof(PageResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The tool was built without its resource {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new PageResource(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
