using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>
/// AGL2003: a loop of the runtime that sleeps awaits a delay that its token ends. One that blocks on more than time, or has to keep its thread, waits on
/// the token's handle instead: <c>token.WaitHandle.WaitOne(500)</c> sleeps as long, and wakes for a stop.
/// </summary>
internal sealed class SleepRewriter : IRewriter
{
    /// <summary>Behind a delay: it ends with its token and throws nothing.</summary>
    internal const string Quietly = ".ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.SleepPolling];

    public string Title => "Await a delay instead of sleeping in '{0}'";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var sleeps = agent.EvidenceOf(Core.Rules.RuleIds.SleepPolling).ToList();
        if (sleeps.Count == 0 || !agent.IsOnBaseAgent)
            return Task.CompletedTask;
        var code = new AgentSyntax(agent);
        var loops = RuntimeLoop.Of(code);
        var spread = new AsyncSpread(code, loops);
        var places = new List<(InvocationExpressionSyntax Call, string Token, AsyncSpread.Way? Way)>();
        foreach (var evidence in draft.Fixable(sleeps))
        {
            var call = evidence.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>()!;
            if (TokenReach.TokenAt(code, call) is not { } token)
                draft.Refuse(evidence, $"{evidence.MessageArguments[0]} sleeps on the thread of whoever calls it, and no token is in reach: give it a CancellationToken first");
            else if (call.Parent is not ExpressionStatementSyntax || call.ArgumentList.Arguments.Count != 1)
                draft.Refuse(evidence, "the sleep is a part of an expression");
            else
                places.Add((call, token, IsSwallowed(code, call) || spread.From(call, out _) is not { } way || spread.Blocks(way) || way.Loops.Count == 0 && !IsInAsync(call) ? null : way));
        }

        // A loop is asynchronous or keeps its thread, with all that it calls.
        bool changed;
        do
        {
            changed = false;
            for (var i = 0; i < places.Count; i++)
            {
                if (places[i].Way is { } way && places.Any(other => other.Way is null && way.Functions.Contains(AgentSyntax.FunctionAround(other.Call)!) && !IsInAsync(other.Call)))
                    (places[i], changed) = ((places[i].Call, places[i].Token, null), true);
            }
        }
        while (changed);

        var writer = new AsyncWriter(code, draft);
        foreach (var (call, token, way) in places)
        {
            var time = call.ArgumentList.Arguments[0].Expression;
            var tree = call.SyntaxTree;
            draft.Replace(tree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(call.SpanStart, time.SpanStart), way is null ? $"{token}.WaitHandle.WaitOne(" : "await Task.Delay(");
            if (way is null)
                continue;
            draft.Insert(tree, time.Span.End, ", " + token);
            if (LeavesWork(call) || way.Calls.Any(above => LeavesWork(above) || IsSwallowed(code, above)))
                draft.Insert(tree, call.Span.End, Quietly);
            draft.AddUsing(tree, "System.Threading.Tasks", nameof(Task));
            writer.Write(way);
        }

        return Task.CompletedTask;
    }

    private static bool IsInAsync(SyntaxNode place) => AgentSyntax.FunctionAround(place) switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    /// <summary>
    /// Whether code is left to run when the token has been cancelled: what stands behind the loop, such as a last flush, or rounds of a loop that works off what
    /// is queued. The exception of a cancelled delay would pass it by.
    /// </summary>
    internal static bool LeavesWork(SyntaxNode place)
    {
        SyntaxNode? outermost = null;
        foreach (var loop in place.Ancestors().TakeWhile(node => !AgentSyntax.IsFunction(node)))
        {
            var condition = loop switch
            {
                WhileStatementSyntax rounds => rounds.Condition,
                DoStatementSyntax rounds => rounds.Condition,
                ForStatementSyntax rounds => rounds.Condition,
                _ => null,
            };
            if (loop is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax))
                continue;
            outermost = loop;
            if (condition?.DescendantNodesAndSelf().Any(part => part.IsKind(SyntaxKind.LogicalOrExpression) || part is PrefixUnaryExpressionSyntax { Operand: ParenthesizedExpressionSyntax }) == true)
                return true;
        }

        for (var node = outermost; node is not null && !AgentSyntax.IsFunction(node); node = node.Parent)
        {
            if (node.Parent is BlockSyntax block && block.Statements.SkipWhile(statement => statement != node).Skip(1).Any(IsWork))
                return true;
        }

        return false;
    }

    private static bool IsWork(StatementSyntax statement) =>
        statement is not (EmptyStatementSyntax or LocalFunctionStatementSyntax or ReturnStatementSyntax { Expression: null }) && statement.ToString() != $"return {AsyncWriter.Done};";

    // A handler that takes any exception would take the end of the wait for a failure.
    internal static bool IsSwallowed(AgentSyntax code, SyntaxNode place)
    {
        for (var node = place; node is not null && !AgentSyntax.IsFunction(node); node = node.Parent)
        {
            if (node.Parent is TryStatementSyntax guarded && guarded.Block == node && guarded.Catches.Any(clause => TakesCancellation(code, clause)))
                return true;
        }

        return false;
    }

    private static bool TakesCancellation(AgentSyntax code, CatchClauseSyntax clause)
    {
        if (clause.Declaration is not { } declaration)
            return true;
        var name = code.ModelOf(declaration).GetTypeInfo(declaration.Type).Type?.ToDisplayString();
        return name is "System.Exception" or "System.SystemException" or "System.OperationCanceledException" or "System.Threading.Tasks.TaskCanceledException";
    }
}
