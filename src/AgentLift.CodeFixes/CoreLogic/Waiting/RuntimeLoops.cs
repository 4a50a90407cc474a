using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>One call by which the agent gives the runtime a loop.</summary>
/// <param name="Call">The call of RunSupervised, RunPeriodically or RunOnThread.</param>
/// <param name="Body">What it runs.</param>
internal sealed record RuntimeLoop(InvocationExpressionSyntax Call, ExpressionSyntax Body)
{
    public IdentifierNameSyntax Method => (IdentifierNameSyntax)Call.Expression;

    public bool IsOnThread => Method.Identifier.ValueText == "RunOnThread";

    /// <summary>The loops that an agent gives.</summary>
    public static IReadOnlyList<RuntimeLoop> Of(AgentSyntax code) =>
    [
        .. from call in code.Parts.SelectMany(part => part.DescendantNodes()).OfType<InvocationExpressionSyntax>()
           where call.Expression is IdentifierNameSyntax { Identifier.ValueText: "RunSupervised" or "RunPeriodically" or "RunOnThread" }
           where code.SymbolOf(call.Expression) is IMethodSymbol { ContainingType.Name: "BaseAgent" }
           let body = call.ArgumentList.Arguments.Select(argument => argument.Expression).FirstOrDefault(value => value is AnonymousFunctionExpressionSyntax || code.ModelOf(value).GetSymbolInfo(value).Symbol is IMethodSymbol { MethodKind: not MethodKind.PropertyGet } && value is IdentifierNameSyntax)
           where body is not null
           select new RuntimeLoop(call, body),
    ];

    /// <summary>The functions that run: the method that is named, or the lambda.</summary>
    public SyntaxNode? FunctionIn(AgentSyntax code) => Body is AnonymousFunctionExpressionSyntax lambda ? lambda
        : code.SymbolOf(Body) is IMethodSymbol method ? code.DeclarationOf(method) : null;
}
