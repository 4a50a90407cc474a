using AgentLift.Core.Settings;

namespace AgentLift.Migration.Assessment;

/// <summary>How a target is assessed.</summary>
public sealed record AssessmentOptions
{
    /// <summary>The largest file that is parsed by default, in bytes: 5 MiB. Parsing takes some twenty times a file's size in memory, and files beyond this are generated most of the time.</summary>
    public const long DefaultLargestFile = 5 * 1024 * 1024;

    /// <summary>Name and version of the tool, as reports show it.</summary>
    public required string Tool { get; init; }

    /// <summary>What the command line says over what the projects say.</summary>
    public SettingsOverrides Overrides { get; init; } = SettingsOverrides.None;

    /// <summary>Whether packages are restored first. Default: yes.</summary>
    public bool Restore { get; init; } = true;

    /// <summary>Which files count. Default: all.</summary>
    public FileFilter Files { get; init; } = FileFilter.All;

    /// <summary>Files beyond this many bytes are skipped and reported. Default: <see cref="DefaultLargestFile"/>.</summary>
    public long LargestFile { get; init; } = DefaultLargestFile;
}
