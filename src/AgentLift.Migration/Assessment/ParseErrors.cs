using AgentLift.CodeFixes.Lifting;
using AgentLift.Migration.Loading;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Assessment;

/// <summary>Names the files of a project that do not parse; what does parse in them is still assessed.</summary>
internal static class ParseErrors
{
    public static async Task<IReadOnlyList<AssessmentError>> OfAsync(Project project, ReportedPaths paths, CancellationToken cancellationToken)
    {
        var errors = new List<AssessmentError>();
        foreach (var document in project.Documents.Where(document => !GeneratedDocument.Is(document)))
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            if (tree is null || !(await tree.GetRootAsync(cancellationToken).ConfigureAwait(false)).ContainsDiagnostics)
                continue;

            var found = tree.GetDiagnostics(cancellationToken)
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ToList();
            if (found.Count == 0)
                continue;

            var count = found.Count == 1 ? "1 error" : $"{found.Count} errors";
            errors.Add(new AssessmentError(
                paths.Of(document.FilePath ?? document.Name),
                found[0].Location.GetLineSpan().StartLinePosition.Line + 1,
                $"the file does not parse ({count}): {found[0].Id}: {found[0].GetMessage()}",
                "correct the syntax; what follows the error may be missing from the assessment"));
        }

        return errors;
    }
}
