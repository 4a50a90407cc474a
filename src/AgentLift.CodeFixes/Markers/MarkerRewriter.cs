using System.Collections.Immutable;
using System.Reflection;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Assessment;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Markers;

/// <summary>
/// AGL0006: the marker of an agent says how far it has come: the last stage, up to the one asked for, that nothing in its code contradicts. A stage with a
/// safe pattern left in it is not claimed.
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
            if (stage != claim)
                draft.Replace(marker.SyntaxTree, marker.Span, Text(stage));
            return Task.CompletedTask;
        }

        if (Min(reached, target) is not MigrationStage.None and var first)
        {
            draft.Insert(agent.Declaration.SyntaxTree, agent.Declaration.GetFirstToken().SpanStart, $"[{Text(first)}]{agent.Style.NewLine}{agent.Style.ClassIndent}");
            draft.AddUsing(agent.Declaration.SyntaxTree, "AgentLift.Runtime", Attribute + "Attribute");
        }

        return Task.CompletedTask;
    }

    /// <summary>The marker of a stage, without brackets.</summary>
    public static string Text(MigrationStage stage) => $"{Attribute}(MigrationStage.{stage}, ToolVersion = \"{Version}\")";

    private static MigrationStage Min(MigrationStage one, MigrationStage other) => one < other ? one : other;
}
