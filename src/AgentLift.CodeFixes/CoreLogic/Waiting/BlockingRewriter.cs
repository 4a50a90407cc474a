using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>
/// AGL2008: a thread of the runtime's loops that blocks on a task awaits it, with all functions between the place and the loop. Where others than the
/// agent's loops may come by, or a handler expects what only a blocked wait throws, it stays.
/// </summary>
internal sealed class BlockingRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.BlockingOnTask];

    public string Title => "Await the tasks that '{0}' blocks on";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.BlockingOnTask).ToList();
        if (found.Count == 0)
            return Task.CompletedTask;
        var code = new AgentSyntax(agent);
        var spread = new AsyncSpread(code, RuntimeLoop.Of(code));
        var ways = new List<(BlockedWait Wait, AsyncSpread.Way Way)>();
        foreach (var evidence in draft.Fixable(found))
        {
            if (Read(code, spread, evidence, out var reason) is { } read)
                ways.Add(read);
            else
                draft.Refuse(evidence, reason!);
        }

        var writer = new AsyncWriter(code, draft);
        foreach (var (wait, way) in ways)
        {
            draft.Replace(wait.Whole.SyntaxTree, TextSpan.FromBounds(wait.Awaited.Span.End, wait.Whole.Span.End), string.Empty);
            writer.Await(wait.Whole);
            writer.Write(way);
        }

        foreach (var handler in ways.SelectMany(pair => pair.Way.Functions).Distinct().SelectMany(AggregateHandler.In))
            AggregateHandler.Write(code, draft, handler);

        foreach (var function in ways.SelectMany(pair => pair.Way.Functions).Distinct().Where(function => !AsyncSpread.IsAsync(function)))
            new StreamCalls(code, draft, writer).Await(function);
        return Task.CompletedTask;
    }

    private static (BlockedWait Wait, AsyncSpread.Way Way)? Read(AgentSyntax code, AsyncSpread spread, Evidence evidence, out string? reason)
    {
        if (BlockedWait.Read(evidence.Node, out reason) is not { } wait)
            return null;
        if (spread.From(wait.Whole, out reason) is not { } way)
        {
            reason = "it cannot be awaited: " + reason;
            return null;
        }

        if (way.Functions.SelectMany(AggregateHandler.In).Any(handler => !AggregateHandler.CanTakeInner(code, handler, wait)))
            reason = "a handler takes an AggregateException, which an awaited task does not throw: let it take what the task itself throws first";
        else if (way.Loops.Any(loop => loop.IsOnThread) && spread.Blocks(way))
            reason = "its loop also waits on its thread for other things: let those end by the token first";
        return reason is null ? (wait, way) : null;
    }
}
