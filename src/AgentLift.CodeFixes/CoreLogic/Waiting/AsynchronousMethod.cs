using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>Lets a method await that returns a task which is done: with <c>async</c> nothing but its returns change.</summary>
internal static class AsynchronousMethod
{
    private static readonly string[] Done = ["Task.CompletedTask", "ValueTask.CompletedTask", "default"];

    /// <summary>Whether a method can await, as it is or made asynchronous.</summary>
    public static bool CanAwait(MethodDeclarationSyntax method) => method.Body is not null
        && !method.Modifiers.Concat(((TypeDeclarationSyntax)method.Parent!).Modifiers).Any(modifier => modifier.IsKind(SyntaxKind.UnsafeKeyword))
        && method.ParameterList.Parameters.All(parameter => parameter.Modifiers.Count == 0)
        && (method.Modifiers.Any(SyntaxKind.AsyncKeyword) || (method.ReturnType.ToString() is "Task" or "ValueTask" && ReturnsOf(method).All(exit => exit.Expression is { } value && Done.Contains(value.ToString()))));

    public static IEnumerable<ReturnStatementSyntax> ReturnsOf(MethodDeclarationSyntax method) =>
        method.DescendantNodes(node => node == method || !AgentSyntax.IsFunction(node)).OfType<ReturnStatementSyntax>();

    /// <summary>The edits that make a method asynchronous; none where it is.</summary>
    public static IEnumerable<(SyntaxTree Tree, TextChange Change)> Edits(MethodDeclarationSyntax method)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword))
            yield break;
        var tree = method.SyntaxTree;
        yield return (tree, new TextChange(new TextSpan(method.ReturnType.SpanStart, 0), "async "));
        foreach (var exit in ReturnsOf(method))
        {
            yield return exit == method.Body!.Statements.Last()
                ? (tree, new TextChange(MovedText.Whole(tree.GetText(), exit.Span), string.Empty))
                : (tree, new TextChange(TextSpan.FromBounds(exit.ReturnKeyword.Span.End, exit.Expression!.Span.End), string.Empty));
        }
    }
}
