using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>A place that blocks on a task: the task, and the whole expression that waits for it.</summary>
internal sealed record BlockedWait(ExpressionSyntax Whole, ExpressionSyntax Awaited)
{
    public static BlockedWait? Read(AgentSyntax code, SyntaxNode node, out string? reason)
    {
        reason = "how it waits cannot be read";
        if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result)
            return Found(result, result.Expression, out reason);
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } call || !PlainCode.IsPlain(call))
            return null;
        switch (access.Name.Identifier.ValueText)
        {
            case "GetResult" when access.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter }:
                return Found(call, awaiter.Expression, out reason);
            case "Wait" when call.ArgumentList.Arguments.Count == 0 && call.Parent is ExpressionStatementSyntax:
                return Found(call, access.Expression, out reason);
            case "Wait":
                reason = "it waits for a limited time only: let a token of that time end the task";
                return null;
            default:
                reason = $"Task.{access.Name} waits for several tasks at once: await Task.When{access.Name.ToString().Replace("Wait", string.Empty)} of them where the method can be asynchronous";
                return null;
        }
    }

    public void Write(AgentDraft draft, AsyncWriter writer)
    {
        var tree = Whole.SyntaxTree;
        draft.Replace(tree, TextSpan.FromBounds(Awaited.Span.End, Whole.Span.End), string.Empty);
        writer.Await(Whole);
    }

    private static BlockedWait Found(ExpressionSyntax whole, ExpressionSyntax awaited, out string? reason)
    {
        reason = null;
        return new BlockedWait(whole, awaited);
    }
}
