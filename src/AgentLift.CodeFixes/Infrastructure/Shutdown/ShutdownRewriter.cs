using System.Collections.Immutable;
using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Shutdown;

/// <summary>
/// AGL1005: handlers of Ctrl+C, signals and process exit go, since the host has its own; what they did beyond stopping the agent becomes a phase. A call of
/// Environment.Exit becomes a request to the host.
/// </summary>
internal sealed class ShutdownRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HandRolledShutdown];

    public string Title => "Leave the end of the process of '{0}' to its host";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var evidence = agent.EvidenceOf(Core.Rules.RuleIds.HandRolledShutdown).ToList();
        if (evidence.Count == 0)
            return;
        var reason = !agent.IsOnBaseAgent ? "nobody runs the agent until it derives from BaseAgent"
            : (await CompatibilityConstructors.CallersAsync(agent, cancellationToken).ConfigureAwait(false)).Count > 0
                ? $"{agent.Type.Name} is still made by hand: without a host nothing else ends it in order"
                : null;
        if (reason is not null)
        {
            evidence.ForEach(item => draft.Refuse(item, reason));
            return;
        }

        var handlers = new ExitHandlers(agent, draft);
        var exits = new List<(Evidence Evidence, InvocationExpressionSyntax Call)>();
        var source = new TypeSource(agent.Facts);
        foreach (var item in draft.Fixable(evidence))
        {
            var place = item.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax);
            if (place is InvocationExpressionSyntax call && item.MessageArguments[0] == "Environment.Exit")
                exits.Add((item, call));
            else
                handlers.Take(ExitSubscription.Read(source, place, item.MessageArguments[0]));
        }

        handlers.WritePhase();
        foreach (var (item, call) in exits.Where(exit => !handlers.Removed.Any(node => node.SyntaxTree == exit.Call.SyntaxTree && node.Span.Contains(exit.Call.Span))))
        {
            if (ProcessExit.Rewrite(agent, draft, call) is { } left)
                draft.Refuse(item, left);
        }
    }
}
