using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>Tells functions that answer the lines of an endpoint at once: the endpoint takes ones that wait, too, and gives those a token.</summary>
internal static class EndpointAnswers
{
    /// <summary>Whether an expression is given to <c>ListenLines</c> as what answers, without a token.</summary>
    /// <param name="code">The agent's code.</param>
    /// <param name="answer">The name of a method, or a lambda.</param>
    public static bool Is(AgentSyntax code, ExpressionSyntax answer) =>
        answer.Parent is ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument
        && list.Arguments.IndexOf(argument) == 1
        && code.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "ListenLines", ContainingType.Name: "BaseAgent" } listen
        && listen.Parameters[1].Type is INamedTypeSymbol { TypeArguments.Length: 2 };
}
