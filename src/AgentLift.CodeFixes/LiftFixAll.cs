using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentLift.CodeFixes;

/// <summary>
/// Takes all agents of a document, a project or a solution that have a finding of the rule through the stage of the rule: all safe rewrites of the stage at
/// once, over the whole code, so that no edit is lost to another and the order of ids does not matter. Agents that wait for this stage with no finding of it come along.
/// </summary>
internal sealed class LiftFixAll : FixAllProvider
{
    public static LiftFixAll Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var rule = RuleTable.Get(fixAllContext.DiagnosticIds.First());
        var places = new List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)>();
        foreach (var project in fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.Projects : [fixAllContext.Project])
        {
            var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                places.Add((project.Id, diagnostics));
        }

        var wanted = await DiagnosedAgents.OfAsync(fixAllContext.Solution, places, fixAllContext.CancellationToken).ConfigureAwait(false);
        if (wanted.Count == 0)
            return null;
        if (fixAllContext.Scope != FixAllScope.Document)
            wanted.UnionWith(await CaughtUpAgents.OfAsync(fixAllContext.Solution, fixAllContext.Scope == FixAllScope.Project ? fixAllContext.Project.Id : null, rule.Stage, fixAllContext.CancellationToken).ConfigureAwait(false));
        var stage = rule.Stage == MigrationStage.None ? MigrationStage.Infrastructure : rule.Stage;
        var options = new LiftOptions(type => wanted.Contains(type.ToDisplayString()));
        var lifted = rule.Stage == MigrationStage.None
            ? await StageLift.ApplyAsync(fixAllContext.Solution, Stages.PassesFor(rule), options, fixAllContext.CancellationToken).ConfigureAwait(false)
            : await StageLift.ApplyAsync(fixAllContext.Solution, stage, options, fixAllContext.CancellationToken).ConfigureAwait(false);
        return lifted.Agents.Any(agent => agent.Changed)
            ? CodeAction.Create($"Lift all agents with {rule.Id}: {stage.ToKebabCase()} stage", _ => Task.FromResult(lifted.Solution), rule.Id)
            : null;
    }
}
