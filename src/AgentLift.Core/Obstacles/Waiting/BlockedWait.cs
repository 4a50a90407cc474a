using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Waiting;

/// <summary>A place that blocks on a task: the task, and the whole expression that waits for it.</summary>
internal sealed record BlockedWait(ExpressionSyntax Whole, ExpressionSyntax Awaited)
{
    /// <param name="node">Where it blocks.</param>
    /// <param name="reason">Why it cannot be awaited, whoever calls it; <see langword="null"/> where nothing at the place is against it.</param>
    public static BlockedWait? Read(SyntaxNode node, out string? reason)
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

    private static BlockedWait Found(ExpressionSyntax whole, ExpressionSyntax awaited, out string? reason)
    {
        reason = null;
        return new BlockedWait(whole, awaited);
    }
}
