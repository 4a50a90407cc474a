using AgentLift.Core.Data;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>A settings file that the project gives as an additional file.</summary>
internal sealed class SettingsFile(DataNode root)
{
    public static async Task<SettingsFile?> ReadAsync(Project project, string file, CancellationToken cancellationToken)
    {
        var ending = "/" + file.Replace('\\', '/').TrimStart('.', '/');
        var document = project.AdditionalDocuments.FirstOrDefault(found => ("/" + (found.FilePath ?? found.Name).Replace('\\', '/')).EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        if (document is null)
            return null;
        try
        {
            return new SettingsFile(JsonDocumentReader.Read(new DataFile(document.FilePath ?? document.Name, (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString())));
        }
        catch (DataException)
        {
            return null;
        }
    }

    /// <summary>A single value of the file, as an expression of that type; <see langword="null"/> where there is none.</summary>
    public string? Value(string key, string type)
    {
        try
        {
            return root.Find(key)?.Text() is not { } text ? null : type switch
            {
                "string" => SymbolDisplay.FormatLiteral(text, quote: true),
                "long" => long.TryParse(text, out _) ? text : null,
                "int" => int.TryParse(text, out _) ? text : null,
                "bool" => text is "true" or "false" ? text : null,
                _ => text,
            };
        }
        catch (DataException)
        {
            return null;
        }
    }
}
