using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>Fixes all agents of a document, a project or a solution in one pass over the original code, so that no edit is lost to another.</summary>
internal sealed class StageFixAll : FixAllProvider
{
    public static StageFixAll Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var ruleId = fixAllContext.DiagnosticIds.First();
        var places = new List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)>();
        foreach (var project in fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.Projects : [fixAllContext.Project])
        {
            var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                places.Add((project.Id, diagnostics));
        }

        var lifted = await InfrastructureFix.LiftAsync(fixAllContext.Solution, places, ruleId, fixAllContext.CancellationToken).ConfigureAwait(false);
        return lifted is null ? null : CodeAction.Create($"Fix all {ruleId}", _ => Task.FromResult(lifted.Solution), ruleId);
    }
}
