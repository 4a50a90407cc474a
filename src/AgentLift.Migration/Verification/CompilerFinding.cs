using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Verification;

/// <summary>An error or warning of the compiler, without the line, so that it stays the same when lines above it come and go.</summary>
/// <param name="Id">Such as <c>CS0103</c>.</param>
/// <param name="IsError">Whether it fails a build.</param>
/// <param name="File">Full path; empty where none is to blame.</param>
/// <param name="Message">The finished message.</param>
internal sealed record CompilerFinding(string Id, bool IsError, string File, string Message)
{
    /// <summary>Counts what a compilation reports as error or warning, unless it is suppressed.</summary>
    public static Dictionary<CompilerFinding, int> Count(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Where(diagnostic => diagnostic is { IsSuppressed: false, Severity: DiagnosticSeverity.Error or DiagnosticSeverity.Warning })
        .Select(diagnostic => new CompilerFinding(
            diagnostic.Id,
            diagnostic.Severity == DiagnosticSeverity.Error,
            diagnostic.Location.GetLineSpan().Path ?? string.Empty,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
        .CountBy(finding => finding)
        .ToDictionary(pair => pair.Key, pair => pair.Value);
}
