using AgentLift.Core.Data;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

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

    /// <summary>A single value of the file; <see langword="null"/> where there is none of that type.</summary>
    public SettingValue? Value(string key, string type)
    {
        try
        {
            return root.Find(key)?.Text() is { } text ? SettingValue.Parse(type, text) : null;
        }
        catch (DataException)
        {
            return null;
        }
    }
}
