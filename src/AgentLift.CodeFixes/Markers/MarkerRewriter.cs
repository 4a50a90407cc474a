using System.Collections.Immutable;
using System.Reflection;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Assessment;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Markers;

/// <summary>
/// AGL0006: the marker of an agent says how far it has come: the last stage, up to the one asked for, that nothing in its code contradicts. A stage with a
/// safe pattern left in it is not claimed, and an agent that has come through none has no marker.
/// </summary>
internal sealed class MarkerRewriter(MigrationStage target) : IRewriter
{
    private const string Attribute = "LiftedAgent";

    private static readonly string Version = typeof(MarkerRewriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.StaleMigrationMarker];

    public string Title => "Correct the migration marker of '{0}'";

    public bool Concerns(AgentSigns agent) => agent.MarkedStage < target || agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.IsRun && agent.Marker is null)
            return Task.CompletedTask;
        var reached = agent.IsRun ? MigrationMarker.StageShown(agent.Findings.Evidence) : MigrationStage.None;
        if (agent.Marker?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax marker)
        {
            // A marker is raised as far as was asked, and lowered as far as the code says.
            var claim = agent.MarkedStage;
            var stage = reached < claim ? reached : target > claim && reached > claim ? Min(reached, target) : claim;
            if (stage != claim && !(stage == MigrationStage.None && TryRemove(marker, draft)))
                draft.Replace(marker.SyntaxTree, marker.Span, Text(stage));
            return Task.CompletedTask;
        }

        if (Min(reached, target) is not MigrationStage.None and var first)
            Put(agent, draft, first);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Marks an agent in the same edit that takes away the last that contradicts the stage, as far as is known before. What stands then is read once and not twice;
    /// where it is not what was expected, the marker is corrected as any other.
    /// </summary>
    /// <param name="agent">The agent before the edit.</param>
    /// <param name="draft">The edit.</param>
    /// <param name="removed">The rules whose evidence the edit takes away.</param>
    public void MarkAhead(AgentCode agent, AgentDraft draft, ImmutableArray<string> removed)
    {
        if (agent.MarkedStage + 1 != target || !(agent.IsRun || draft.IsOnBaseAgent) || MigrationMarker.StageShown([.. agent.Findings.Evidence.Where(evidence => evidence.Rule.Stage <= target && !removed.Contains(evidence.Rule.Id))]) < target)
            return;
        if (agent.Marker?.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax marker)
            draft.TryReplace(marker.SyntaxTree, marker.Span, Text(target));
        else
            Put(agent, draft, target);
    }

    /// <summary>The marker of a stage, without brackets.</summary>
    public static string Text(MigrationStage stage) => $"{Attribute}(MigrationStage.{stage}, ToolVersion = \"{Version}\")";

    private static void Put(AgentCode agent, AgentDraft draft, MigrationStage stage)
    {
        // Where another edit of the draft stands in the way, the marker comes in one of its own.
        if (draft.TryReplace(agent.Declaration.SyntaxTree, new TextSpan(agent.Declaration.GetFirstToken().SpanStart, 0), $"[{Text(stage)}]{agent.Style.NewLine}{agent.Style.ClassIndent}"))
            draft.AddUsing(agent.Declaration.SyntaxTree, "AgentLift.Runtime", Attribute + "Attribute");
    }

    // Where nothing is reached there is nothing to mark.
    private static bool TryRemove(AttributeSyntax marker, AgentDraft draft) => marker.Parent is AttributeListSyntax { Attributes.Count: 1 } list
        && draft.TryReplace(list.SyntaxTree, TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart), string.Empty);

    private static MigrationStage Min(MigrationStage one, MigrationStage other) => one < other ? one : other;
}
