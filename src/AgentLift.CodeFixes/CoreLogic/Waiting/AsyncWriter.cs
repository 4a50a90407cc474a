using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>Makes functions asynchronous: their signatures, their names, the calls between them, and the call that gives them to the runtime.</summary>
internal sealed class AsyncWriter(AgentSyntax code, AgentDraft draft)
{
    private readonly HashSet<SyntaxNode> written = [];

    public void Write(AsyncSpread.Way way)
    {
        foreach (var call in way.Calls.Where(written.Add))
            Await(call);
        foreach (var loop in way.Loops.Where(loop => written.Add(loop.Call)))
        {
            if (loop.IsOnThread)
                draft.Replace(loop.Method.SyntaxTree, loop.Method.Span, "RunSupervised");
        }

        foreach (var function in way.Functions.Where(written.Add))
            Write(function);
    }

    /// <summary>Puts <c>await</c> before an expression, in parentheses where what stands around it needs them.</summary>
    public void Await(ExpressionSyntax expression)
    {
        var binds = expression.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax;
        draft.Insert(expression.SyntaxTree, expression.SpanStart, binds ? "(await " : "await ");
        if (binds)
            draft.Insert(expression.SyntaxTree, expression.Span.End, ")");
    }

    private void Write(SyntaxNode function)
    {
        switch (function)
        {
            case AnonymousFunctionExpressionSyntax lambda when lambda.AsyncKeyword.IsKind(SyntaxKind.None):
                draft.Insert(lambda.SyntaxTree, lambda.SpanStart, "async ");
                ReturnNothing(lambda);
                break;
            case MethodDeclarationSyntax method when !method.Modifiers.Any(SyntaxKind.AsyncKeyword):
                WriteSignature(method.ReturnType, method.Identifier, (IMethodSymbol)code.SymbolOfFunction(method)!);
                break;
            case LocalFunctionStatementSyntax local when !local.Modifiers.Any(SyntaxKind.AsyncKeyword):
                WriteSignature(local.ReturnType, local.Identifier, (IMethodSymbol)code.SymbolOfFunction(local)!);
                break;
        }
    }

    private void WriteSignature(TypeSyntax result, SyntaxToken identifier, IMethodSymbol method)
    {
        var tree = result.SyntaxTree;
        if (method.ReturnType is INamedTypeSymbol { Name: nameof(Task), IsGenericType: false })
        {
            draft.Insert(tree, result.SpanStart, "async ");
            ReturnNothing(result.Parent!);
            return;
        }

        if (method.ReturnsVoid)
        {
            draft.Replace(tree, result.Span, "async Task");
        }
        else
        {
            draft.Insert(tree, result.SpanStart, "async Task<");
            draft.Insert(tree, result.Span.End, ">");
        }

        draft.AddUsing(tree, "System.Threading.Tasks", nameof(Task));
        Rename(identifier, method);
    }

    /// <summary>What a function returns that has nothing to wait for.</summary>
    public const string Done = "Task.CompletedTask";

    public static IEnumerable<ReturnStatementSyntax> ReturnsOf(SyntaxNode function) =>
        function.DescendantNodes(node => node == function || !AgentSyntax.IsFunction(node)).OfType<ReturnStatementSyntax>();

    private void ReturnNothing(SyntaxNode function)
    {
        var removals = new StatementRemovals(draft);
        foreach (var exit in ReturnsOf(function).Where(exit => exit.Expression?.ToString() == Done))
        {
            if (exit.Parent is BlockSyntax block && block.Parent == function && block.Statements.Last() == exit)
                removals.Add(exit);
            else
                draft.Replace(exit.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(exit.ReturnKeyword.Span.End, exit.Expression!.Span.End), string.Empty);
        }

        removals.Apply();
    }

    private void Rename(SyntaxToken identifier, IMethodSymbol method)
    {
        if (method.Name.EndsWith("Async", StringComparison.Ordinal) || IsNamedInText(method.Name))
            return;
        var wanted = method.Name + "Async";
        var around = identifier.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        if (code.Agent.Type.MemberNames.Contains(wanted) || draft.NewNames.Contains(wanted) || (method.MethodKind == MethodKind.LocalFunction && AgentSyntax.Mentions(around, wanted)))
            return;
        draft.NewNames.Add(wanted);
        foreach (var token in code.ReferencesTo(method).Select(name => name.Identifier).Append(identifier))
            draft.Replace(token.SyntaxTree!, token.Span, wanted);
    }

    // A reference in a comment would be left behind, and what nameof gives may be read by others.
    private bool IsNamedInText(string name) => code.Parts.Any(part =>
        part.GetLeadingTrivia().Concat(part.DescendantTrivia()).Any(trivia => trivia.HasStructure && !trivia.IsDirective && (trivia.ToString().Contains($"\"{name}\"") || trivia.ToString().Contains($"\"{name}(")))
        || part.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: [var named] } && named.GetLastToken().ValueText == name));
}
