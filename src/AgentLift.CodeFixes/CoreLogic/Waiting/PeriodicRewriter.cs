using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>
/// A loop of the runtime that does nothing but work and wait for a fixed time becomes one round of <c>RunPeriodically</c>, which waits as long in the same
/// place. A loop that leaves or skips its wait, keeps something from round to round, or waits a time that may change stays a loop.
/// </summary>
internal sealed class PeriodicRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.SleepPolling, Core.Rules.RuleIds.ManualThread];

    public string Title => "Run the rounds of '{0}' periodically";

    public bool Concerns(AgentSigns agent) => agent.Mentions(["RunSupervised"]);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.IsOnBaseAgent)
            return Task.CompletedTask;
        var code = new AgentSyntax(agent);
        foreach (var loop in RuntimeLoop.Of(code).Where(loop => loop.Method.Identifier.ValueText == "RunSupervised" && loop.Call.ArgumentList.Arguments.Count == 2))
        {
            if (Rounds.Read(code, loop) is { } rounds)
                Write(code, draft, loop, rounds);
        }

        return Task.CompletedTask;
    }

    private static void Write(AgentSyntax code, AgentDraft draft, RuntimeLoop loop, Rounds rounds)
    {
        var method = rounds.Method;
        var tree = method.SyntaxTree;
        var style = SourceStyle.Of((TypeDeclarationSyntax)method.Parent!, tree.GetText());
        if (rounds.WriteBody(style) is not { } body || !draft.TryReplace(tree, rounds.Span, body))
            return;
        var arguments = loop.Call.ArgumentList.Arguments;
        draft.Replace(loop.Call.SyntaxTree, loop.Method.Span, "RunPeriodically");
        draft.Insert(loop.Call.SyntaxTree, arguments[1].SpanStart, rounds.Period + ", ");
        if (rounds.WaitsFirst)
            draft.Insert(loop.Call.SyntaxTree, arguments[1].Span.End, $", firstAfter: {rounds.Period}");
        draft.AddUsing(loop.Call.SyntaxTree, "System", nameof(TimeSpan));
        if (!rounds.Awaits)
        {
            var modifier = method.Modifiers.First(token => token.IsKind(SyntaxKind.AsyncKeyword));
            draft.Replace(tree, TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), string.Empty);
        }

        var name = method.Identifier.ValueText;
        var wanted = name.EndsWith("LoopAsync", StringComparison.Ordinal) && name.Length > "LoopAsync".Length ? name.Substring(0, name.Length - "LoopAsync".Length) + "Async" : name;
        if (wanted == name || code.Agent.Type.MemberNames.Contains(wanted) || !draft.NewNames.Add(wanted))
            return;
        draft.Replace(tree, method.Identifier.Span, wanted);
        draft.Replace(loop.Body.SyntaxTree, loop.Body.Span, wanted);
    }
}
