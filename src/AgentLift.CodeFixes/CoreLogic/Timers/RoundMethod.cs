using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Timers;

/// <summary>What a timer calls, as one round of RunPeriodically: a method that takes the token and returns a task.</summary>
internal sealed class RoundMethod(AgentSyntax code, AgentDraft draft)
{
    /// <summary>The callback as an argument of RunPeriodically.</summary>
    /// <param name="callback">The timer's callback.</param>
    /// <param name="indent">The indentation of the statement that it will stand in.</param>
    /// <param name="style">How the file of that statement is written.</param>
    /// <param name="reason">Why it cannot be called so.</param>
    public string? Write(ExpressionSyntax callback, string indent, SourceStyle style, out string? reason)
    {
        var (newLine, unit) = (style.NewLine, style.Unit);
        reason = null;
        callback = callback is ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } wrapped } ? wrapped[0].Expression : callback;
        var name = callback as IdentifierNameSyntax ?? (callback as MemberAccessExpressionSyntax is { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax own } ? own : null);
        var call = (callback as AnonymousFunctionExpressionSyntax)?.ExpressionBody as InvocationExpressionSyntax;
        name ??= call is { Expression: IdentifierNameSyntax called } ? called : null;
        if (name is not null && code.SymbolOf(name) is IMethodSymbol method && code.IsOwn(method) && Fits(method, call))
            return Convert(method, name);
        if (callback is AnonymousFunctionExpressionSyntax { ExpressionBody: { } expression } lambda && lambda.AsyncKeyword.IsKind(SyntaxKind.None) && PlainCode.IsPlain(lambda) && !UsesParameters(lambda))
            return $"_ =>{newLine}{indent}{{{newLine}{indent}{unit}{expression};{newLine}{indent}{unit}return Task.CompletedTask;{newLine}{indent}}}";
        reason = "what it calls takes the timer's arguments, or is called by others too: give it a method of its own without arguments";
        return null;
    }

    private bool Fits(IMethodSymbol method, InvocationExpressionSyntax? call) =>
        method is { DeclaredAccessibility: Accessibility.Private, ReturnsVoid: true, IsGenericMethod: false, IsVirtual: false }
        && code.ReferencesTo(method).Count == 1
        && code.DeclarationOf(method) is MethodDeclarationSyntax { Body: not null } declaration
        && PlainCode.IsPlain(declaration.ParameterList)
        && method.Parameters.All(parameter => !AgentSyntax.Mentions(declaration.Body, parameter.Name))
        && !AgentSyntax.Mentions(declaration.Body, "token")
        && (call is null || call.ArgumentList.Arguments.All(argument => argument.Expression is IdentifierNameSyntax or LiteralExpressionSyntax or ThisExpressionSyntax));

    private static bool UsesParameters(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => AgentSyntax.Mentions(simple.Body, simple.Parameter.Identifier.ValueText),
        ParenthesizedLambdaExpressionSyntax several => several.ParameterList.Parameters.Any(parameter => AgentSyntax.Mentions(several.Body, parameter.Identifier.ValueText)),
        _ => true,
    };

    private string Convert(IMethodSymbol method, IdentifierNameSyntax name)
    {
        var declaration = (MethodDeclarationSyntax)code.DeclarationOf(method)!;
        var tree = declaration.SyntaxTree;
        var body = declaration.Body!;
        draft.Replace(tree, declaration.ReturnType.Span, nameof(Task));
        draft.Replace(tree, TextSpan.FromBounds(declaration.ParameterList.OpenParenToken.Span.End, declaration.ParameterList.CloseParenToken.SpanStart), "CancellationToken token");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", nameof(Task));
        if (!method.IsAsync)
            End(body);
        var wanted = name.Identifier.ValueText + "Async";
        if (name.Identifier.ValueText.EndsWith("Async", StringComparison.Ordinal) || code.Agent.Type.MemberNames.Contains(wanted) || !draft.NewNames.Add(wanted))
            return name.Identifier.ValueText;
        draft.Replace(tree, declaration.Identifier.Span, wanted);
        return wanted;
    }

    private void End(BlockSyntax body)
    {
        var tree = body.SyntaxTree;
        foreach (var exit in body.DescendantNodes(node => !AgentSyntax.IsFunction(node)).OfType<ReturnStatementSyntax>())
            draft.Insert(tree, exit.ReturnKeyword.Span.End, " Task.CompletedTask");
        if (code.ModelOf(body).AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false })
            return;
        var text = tree.GetText();
        var style = SourceStyle.Of((TypeDeclarationSyntax)body.Parent!.Parent!, text);
        var line = text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart);
        if (!SourceStyle.BeginsLine(text, body.CloseBraceToken.SpanStart))
        {
            draft.Insert(tree, body.CloseBraceToken.SpanStart, "return Task.CompletedTask; ");
            return;
        }

        var gap = body.Statements.Count > 1 && text.Lines[line.LineNumber - 1].ToString().Trim() == "}" ? style.NewLine : string.Empty;
        draft.Insert(tree, line.Start, $"{gap}{SourceStyle.IndentOf(text, body.CloseBraceToken.SpanStart)}{style.Unit}return Task.CompletedTask;{style.NewLine}");
    }
}
