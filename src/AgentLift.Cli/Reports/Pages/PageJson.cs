using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>The data of a page as JSON: names in camel case, enumerations in kebab case, dates as ISO 8601.</summary>
internal static class PageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static void Write(Page page, TextWriter output) => output.Write(JsonSerializer.Serialize(page.Data, page.Data.GetType(), Options) + "\n");
}
