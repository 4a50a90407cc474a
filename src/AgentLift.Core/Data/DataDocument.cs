using AgentLift.Core.Settings;

namespace AgentLift.Core.Data;

/// <summary>Opens a data file by its extension, or one that ships inside this assembly.</summary>
internal static class DataDocument
{
    public static DataNode Read(DataFile file) =>
        file.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            ? YamlDocumentReader.Read(file)
            : JsonDocumentReader.Read(file);

    public static DataNode ReadBuiltIn(string name)
    {
        using var stream = typeof(DataDocument).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(DataDocument).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return Read(new DataFile(name, reader.ReadToEnd()));
    }
}
