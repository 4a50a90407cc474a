namespace AgentLift.Core.Settings;

/// <summary>What the command line says over what the project says. Texts are file contents; the caller does the reading.</summary>
public sealed record SettingsOverrides
{
    /// <summary>Nothing overridden.</summary>
    public static SettingsOverrides None { get; } = new();

    /// <summary>Name of a built-in matrix (<c>weighted</c>, <c>points</c>) or <see langword="null"/>.</summary>
    public string? MatrixName { get; init; }

    /// <summary>Path and content of a matrix file, or <see langword="null"/>.</summary>
    public DataFile? MatrixFile { get; init; }

    /// <summary>Path and content of a fleet manifest, or <see langword="null"/>.</summary>
    public DataFile? Manifest { get; init; }
}

/// <summary>A data file in memory.</summary>
/// <param name="Path">Where it came from; the extension decides between JSON and YAML.</param>
/// <param name="Content">Its text.</param>
public sealed record DataFile(string Path, string Content);
