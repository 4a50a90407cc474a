using System.Collections.Immutable;
using System.Composition;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentLift.CodeFixes;

/// <summary>
/// Offers at each finding the rewrite of its rule for the agent that it stands in. One that needs BaseAgent brings it along. Nothing is offered where the
/// project does not reference the runtime, or where nothing sound can be written.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LiftFix))]
[Shared]
public sealed class LiftFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => Stages.FixableRules;

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => LiftFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var diagnostic = context.Diagnostics[0];
        var rule = RuleTable.Get(diagnostic.Id);
        var wanted = await DiagnosedAgents.OfAsync(project.Solution, [(project.Id, [diagnostic])], context.CancellationToken).ConfigureAwait(false);
        if (wanted.Count == 0)
            return;

        // The agent is where its diagnostic is: nothing else in the solution needs a look.
        var options = new LiftOptions(type => wanted.Contains(type.ToDisplayString())) { IncludeAssisted = true, OnlyProject = project.Id };
        var lifted = await StageLift.ApplyAsync(project.Solution, Stages.PassesFor(rule), options, context.CancellationToken).ConfigureAwait(false);
        var shown = EvidenceOf(rule);
        if (lifted.Agents.FirstOrDefault(agent => agent.Changed && Count(agent.After, shown) < Count(agent.Before, shown)) is not { } agent)
            return;

        // Another place of the same rule may have been what was fixed.
        if (shown != rule.Id && !agent.Before.Any(evidence => evidence.Rule.Id == shown && evidence.Location.SourceSpan.OverlapsWith(diagnostic.Location.SourceSpan)))
            return;
        if (agent.Before.Any(evidence => evidence.Rule.Id == rule.Id && evidence.Location.SourceSpan == diagnostic.Location.SourceSpan && evidence.FixObstacle is not null))
            return;
        var title = Stages.TitleOf(rule, agent.Agent.Substring(agent.Agent.LastIndexOf('.') + 1));
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(lifted.Solution), diagnostic.Id), diagnostic);
    }

    // Only a build compares agents with one another: what one of them shows alone is that it loads the model past a manager, who would load it once for all.
    private static string EvidenceOf(Rule rule) => rule.Id == RuleIds.DuplicateModelLoad ? RuleIds.UnmanagedModelLoad : rule.Id;

    private static int Count(ImmutableArray<SettledEvidence> evidence, string rule) => evidence.Count(item => item.Rule.Id == rule);
}
