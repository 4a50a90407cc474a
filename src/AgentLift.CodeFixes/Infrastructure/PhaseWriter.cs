using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>Writes the phases of an agent's life: a method becomes one, or one is added that calls methods.</summary>
internal static class PhaseWriter
{
    private const string Token = "cancellationToken";

    /// <summary>Makes a method the override of a phase.</summary>
    public static void Override(AgentCode agent, AgentDraft draft, MethodDeclarationSyntax method, string phase)
    {
        var tree = method.SyntaxTree;
        var isAsync = method.Modifiers.Any(SyntaxKind.AsyncKeyword);
        ReplaceModifiers(draft, method, isAsync ? "protected override async" : "protected override");
        draft.Replace(tree, method.ReturnType.Span, "ValueTask");
        draft.Replace(tree, method.Identifier.Span, phase);
        if (method.ParameterList.Parameters.Count == 0)
            draft.Insert(tree, method.ParameterList.OpenParenToken.Span.End, $"CancellationToken {TokenNameIn(method)}");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", "ValueTask");
        if (isAsync)
            return;
        var style = SourceStyle.Of((TypeDeclarationSyntax)method.Parent!, tree.GetText());
        if (method.ExpressionBody is { } arrow)
        {
            draft.Replace(tree, TextSpan.FromBounds(method.ParameterList.Span.End, arrow.Expression.SpanStart), $"{style.NewLine}{style.MemberIndent}{{{style.NewLine}{style.MemberIndent}{style.Unit}");
            draft.Insert(tree, method.SemicolonToken.Span.End, $"{style.NewLine}{style.MemberIndent}{style.Unit}return ValueTask.CompletedTask;{style.NewLine}{style.MemberIndent}}}");
            return;
        }

        var body = method.Body!;
        foreach (var exit in body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>())
            draft.Insert(tree, exit.ReturnKeyword.Span.End, " ValueTask.CompletedTask");
        if (agent.ModelOf(body).AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false })
            return;
        var text = tree.GetText();
        if (SourceStyle.BeginsLine(text, body.CloseBraceToken.SpanStart))
            draft.Insert(tree, text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart).Start, $"{style.MemberIndent}{style.Unit}return ValueTask.CompletedTask;{style.NewLine}");
        else
            draft.Insert(tree, body.CloseBraceToken.SpanStart, "return ValueTask.CompletedTask; ");
    }

    // Token by token, so that a comment between two of them stays where it is.
    private static void ReplaceModifiers(AgentDraft draft, MethodDeclarationSyntax method, string modifiers)
    {
        if (method.Modifiers.Count == 0)
        {
            draft.Insert(method.SyntaxTree, method.ReturnType.SpanStart, modifiers + " ");
            return;
        }

        draft.Replace(method.SyntaxTree, method.Modifiers[0].Span, modifiers);
        foreach (var modifier in method.Modifiers.Skip(1))
        {
            var end = modifier.TrailingTrivia.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? modifier.FullSpan.End : modifier.Span.End;
            draft.Replace(method.SyntaxTree, TextSpan.FromBounds(modifier.SpanStart, end), string.Empty);
        }
    }

    /// <summary>Adds a phase that calls methods, one after the other.</summary>
    public static void Call(AgentCode agent, AgentDraft draft, string phase, params IMethodSymbol[] methods) => Add(agent, draft, CallText(phase, string.Empty, methods));

    /// <summary>A phase that calls methods of a target, such as <c>agent.</c>.</summary>
    public static string CallText(string phase, string target, params IMethodSymbol[] methods)
    {
        var awaits = methods.Any(method => !method.ReturnsVoid);
        var calls = string.Concat(methods.Select(method => $"    {(method.ReturnsVoid ? string.Empty : "await ")}{target}{CallOf(method)};\n"));
        return $"protected override {(awaits ? "async " : string.Empty)}ValueTask {phase}(CancellationToken {Token})\n{{\n{calls}{(awaits ? string.Empty : "    return ValueTask.CompletedTask;\n")}}}";
    }

    /// <summary>Adds a start that gives a method, which returns only when the work is over, to a supervised loop. A failure of it fails the agent, as it ended the process.</summary>
    public static void Loop(AgentCode agent, AgentDraft draft, IMethodSymbol method) => Add(agent, draft, LoopText(string.Empty, method));

    /// <summary>A start that gives a method of a target to a supervised loop.</summary>
    public static string LoopText(string target, IMethodSymbol method)
    {
        var starter = method.ReturnsVoid ? "RunOnThread" : "RunSupervised";
        var takesToken = method.Parameters.Length == 1;
        var isPlain = method.ReturnsVoid || method.ReturnType.Name == "Task";
        var body = takesToken && isPlain ? target + method.Name
            : $"{(takesToken ? "stop" : "_")} => {target}{method.Name}({(takesToken ? "stop" : string.Empty)}){(isPlain ? string.Empty : ".AsTask()")}";
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        return $"protected override ValueTask OnStartingAsync(CancellationToken {Token})\n{{\n    {starter}(\"{name.ToLowerInvariant()}\", {body}, RestartPolicy.Never);\n    return ValueTask.CompletedTask;\n}}";
    }

    private static void Add(AgentCode agent, AgentDraft draft, string member)
    {
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        draft.AddMember(member);
    }

    private static string CallOf(IMethodSymbol method) => $"{method.Name}({(method.Parameters.Length == 1 ? Token : string.Empty)})";

    /// <summary>Hides a method from callers outside, so that the extension methods of the runtime are what they find.</summary>
    public static void MakePrivate(AgentDraft draft, MethodDeclarationSyntax method)
    {
        foreach (var modifier in method.Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword))
            draft.Replace(method.SyntaxTree, modifier.Span, "private");
    }



    private static string TokenNameIn(MethodDeclarationSyntax method) =>
        method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Token) ? "phaseToken" : Token;
}
