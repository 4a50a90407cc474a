using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>Reads and writes of text in a function that has become asynchronous: a thread of the pool must not wait for a peer.</summary>
internal sealed class StreamCalls(AgentSyntax code, AgentDraft draft, AsyncWriter writer)
{
    private static readonly HashSet<string> Readers = new(StringComparer.Ordinal) { "TextReader", "StreamReader" };
    private static readonly HashSet<string> Writers = new(StringComparer.Ordinal) { "TextWriter", "StreamWriter" };

    public void Await(SyntaxNode function)
    {
        foreach (var call in function.DescendantNodes(node => node == function || !AgentSyntax.IsFunction(node)).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } && HasTwin(call) && !call.Ancestors().TakeWhile(node => node != function).Any(node => node is LockStatementSyntax or CatchFilterClauseSyntax)
                && !ThreadScopes.AreOpenAt(code, call, function))
            {
                draft.Insert(name.SyntaxTree, name.Span.End, "Async");
                writer.Await(call);
            }
        }
    }

    private bool HasTwin(InvocationExpressionSyntax call) => code.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingNamespace.Name: "IO" } method
        && ((Readers.Contains(method.ContainingType.Name) && method is { Name: "ReadLine" or "ReadToEnd", Parameters.IsEmpty: true })
            || (Writers.Contains(method.ContainingType.Name) && method is { Name: "Write" or "WriteLine", Parameters: { Length: 1 } text } && text[0].Type.SpecialType == SpecialType.System_String)
            || (Writers.Contains(method.ContainingType.Name) && method is { Name: "Flush", Parameters.IsEmpty: true }));
}
