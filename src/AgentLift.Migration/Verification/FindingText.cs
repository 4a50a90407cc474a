using System.Collections.Immutable;

namespace AgentLift.Migration.Verification;

/// <summary>Tells what the compiler found, as reasons why something was put back.</summary>
/// <param name="root">The folder that paths are told from.</param>
internal sealed class FindingText(string root)
{
    private const int Shown = 5;

    public ImmutableArray<string> Reasons(ImmutableArray<CompilerFinding> findings) =>
    [
        .. findings.Take(Shown).Select(finding => $"{Place(finding)}{(finding.IsError ? "error" : "warning")} {finding.Id}: {finding.Message}"),
        .. findings.Length > Shown ? new[] { $"and {findings.Length - Shown} more" } : [],
    ];

    private string Place(CompilerFinding finding) => finding.File.Length == 0 ? string.Empty : Path.GetRelativePath(root, finding.File).Replace('\\', '/') + ": ";
}
