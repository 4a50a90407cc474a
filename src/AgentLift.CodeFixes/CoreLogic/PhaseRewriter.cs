using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic;

/// <summary>Takes out phases of the life that have become empty. One with a comment in it stays, for the sake of the comment.</summary>
internal sealed class PhaseRewriter : IRewriter
{
    private static readonly ImmutableArray<string> Phases = ["OnStoppedAsync", "OnDrainingAsync"];

    public ImmutableArray<string> RuleIds { get; } =
        [Core.Rules.RuleIds.ManualThread, Core.Rules.RuleIds.UnsupervisedTask, Core.Rules.RuleIds.ManualTimer, Core.Rules.RuleIds.AsyncVoid, Core.Rules.RuleIds.RacyStopFlag];

    public string Title => "Take out the empty phases of '{0}'";

    public bool Concerns(AgentSigns agent) => agent.Mentions(Phases);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.IsOnBaseAgent)
            return Task.CompletedTask;
        var removals = new StatementRemovals(draft);
        foreach (var phase in agent.Type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsOverride && Phases.Contains(method.Name)))
        {
            if (phase.DeclaringSyntaxReferences.Length == 1 && phase.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is MethodDeclarationSyntax method && IsEmpty(method))
                removals.Add(method);
        }

        removals.Apply();
        return Task.CompletedTask;
    }

    private static bool IsEmpty(MethodDeclarationSyntax method) =>
        method is { AttributeLists.Count: 0, Body.Statements: { Count: <= 1 } statements }
        && (statements.Count == 0 || statements[0].ToString() == "return ValueTask.CompletedTask;")
        && PlainCode.IsPlain(method) && method.GetLeadingTrivia().Concat(method.GetTrailingTrivia()).All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
