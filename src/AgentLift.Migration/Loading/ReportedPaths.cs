using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>Turns full paths into the ones that reports show: relative to the target's folder, with forward slashes.</summary>
/// <param name="root">Full path of the target's folder.</param>
internal sealed class ReportedPaths(string root)
{
    /// <summary>The reported form of a path; a path that is relative already stays as it is.</summary>
    public string Of(string path) =>
        (Path.IsPathRooted(path) ? Path.GetRelativePath(root, path) : path).Replace('\\', '/');

    /// <summary>The reported form of a place in the code.</summary>
    public SourcePlace PlaceOf(Location location)
    {
        var span = location.GetLineSpan();
        return new SourcePlace(Of(span.Path), span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, span.EndLinePosition.Character + 1);
    }
}
