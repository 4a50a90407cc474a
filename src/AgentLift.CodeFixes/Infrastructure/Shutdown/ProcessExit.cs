using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Shutdown;

/// <summary>A call of Environment.Exit, of which the detector found nothing against it, becomes a request to the host and a return.</summary>
internal static class ProcessExit
{
    private const string InTheWay = "a comment or another change stands in the way";

    /// <returns>Why the call stays; <see langword="null"/> where it is rewritten.</returns>
    public static string? Rewrite(AgentCode agent, AgentDraft draft, InvocationExpressionSyntax call)
    {
        var text = $"RequestStop{call.ArgumentList}";
        if (call.Parent is not ExpressionStatementSyntax statement)
            return draft.TryReplace(call.SyntaxTree, call.Span, text) ? null : "it is a part of an expression";
        var leave = ExitCall.Leave((IMethodSymbol)agent.ModelOf(call).GetEnclosingSymbol(call.SpanStart)!)!;
        return IsReplaced(draft, statement, text, leave) ? null : InTheWay;
    }

    private static bool IsReplaced(AgentDraft draft, ExpressionStatementSyntax statement, string text, string leave)
    {
        var next = ExitCall.Next(statement);
        if (next is ReturnStatementSyntax or ThrowStatementSyntax || (next is null && leave == "return;" && ExitCall.IsTail(statement, ExitCall.FunctionAround(statement)!)))
            return draft.TryReplace(statement.SyntaxTree, statement.Span, text + ";");
        if (next is BreakStatementSyntax end)
            return draft.TryReplace(statement.SyntaxTree, statement.Span, text + ";") && draft.TryReplace(end.SyntaxTree, end.Span, leave);

        var source = statement.SyntaxTree.GetText();
        var newLine = source.ToString().Contains("\r\n") ? "\r\n" : "\n";
        var written = statement.Parent is BlockSyntax or SwitchSectionSyntax
            ? $"{text};{newLine}{SourceStyle.IndentOf(source, statement.SpanStart)}{leave}"
            : $"{{ {text}; {leave} }}";
        return draft.TryReplace(statement.SyntaxTree, statement.Span, written);
    }
}
