using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Writes how a method waits for a load before it does anything else.</summary>
internal static class GateText
{
    public static (SyntaxTree Tree, TextChange Change) Of(LazyPlan plan, MethodDeclarationSyntax method, SourceStyle style)
    {
        var indent = style.MemberIndent + style.Unit;
        var lines = $"// Waits until {plan.Name} is loaded, and all that goes with it.{style.NewLine}{indent}_ = {plan.Name};{style.NewLine}";
        if (method.Body is { } body)
        {
            var first = body.Statements.FirstOrDefault();
            var isOnOneLine = first is not null && method.SyntaxTree.GetText().Lines.GetLineFromPosition(first.SpanStart).LineNumber == method.SyntaxTree.GetText().Lines.GetLineFromPosition(body.OpenBraceToken.SpanStart).LineNumber;
            return isOnOneLine
                ? (method.SyntaxTree, new TextChange(new TextSpan(first!.SpanStart, 0), $"_ = {plan.Name}; "))
                : (method.SyntaxTree, new TextChange(new TextSpan(LineAfter(body), 0), indent + lines + style.NewLine));
        }

        var arrow = method.ExpressionBody!;
        var text = method.SyntaxTree.GetText().ToString(arrow.Expression.Span);
        var isPlain = IsPlain(method);
        var statement = isPlain ? $"{text};" : $"return {text};";
        var start = arrow.GetFirstToken().GetPreviousToken().Span.End;
        return (method.SyntaxTree, new TextChange(
            TextSpan.FromBounds(start, method.SemicolonToken.Span.End),
            $"{style.NewLine}{style.MemberIndent}{{{style.NewLine}{indent}{lines}{indent}{statement}{style.NewLine}{style.MemberIndent}}}"));
    }

    // The method gives nothing back.
    private static bool IsPlain(MethodDeclarationSyntax method) =>
        method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType is IdentifierNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } or QualifiedNameSyntax { Right: IdentifierNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } })
        || method.ExpressionBody!.Expression is ThrowExpressionSyntax;

    private static int LineAfter(BlockSyntax body)
    {
        var text = body.SyntaxTree.GetText();
        return text.Lines.GetLineFromPosition(body.OpenBraceToken.Span.End).EndIncludingLineBreak;
    }
}
