using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>Reads the calls of an async void method: each starts work that nobody waits for.</summary>
internal static class AsyncVoidCalls
{
    /// <summary>Why the runtime cannot run the work of a method; <see langword="null"/> where nothing in the agent is against it.</summary>
    public static string? Obstacle(TypeSource code, Evidence evidence, SyntaxNode node)
    {
        var works = Read(code, evidence, node, out var reason);
        return reason ?? (works.All(work => PlainCode.IsPlain(work.Statement)) ? null : "a comment or directive stands within the statement that starts it: move it first");
    }

    /// <param name="code">The agent's code.</param>
    /// <param name="evidence">The finding.</param>
    /// <param name="node">The method or lambda.</param>
    /// <param name="reason">Why it stays; <see langword="null"/> where its calls can be read.</param>
    /// <returns>A piece of work for each call.</returns>
    public static IReadOnlyList<Work> Read(TypeSource code, Evidence evidence, SyntaxNode node, out string? reason)
    {
        reason = null;
        if (evidence.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, Name.Length: > 0 } method || code.DeclarationOf(method) is null || node is AnonymousFunctionExpressionSyntax)
        {
            reason = "the delegate that takes the lambda returns nothing: give the work to a method, and let BaseAgent run it";
            return [];
        }

        if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private })
        {
            reason = $"others than the agent may call {method.Name}: let it return a Task, and its callers await it";
            return [];
        }

        var targets = new WorkTargets(code);
        var works = new List<Work>();
        foreach (var name in code.ReferencesTo(method))
        {
            if (TypeSource.CallOf(name) is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } call || TypeSource.FunctionAround(call) is not { } function)
                reason = $"{method.Name} is called as a part of an expression, or handed on as a delegate: let it return a Task first";
            else if (code.SymbolOfFunction(function) is { IsStatic: true })
                reason = $"{method.Name} is called by a static function, and the loops of an agent belong to an instance";
            else if (call.ArgumentList.Arguments.FirstOrDefault(argument => !targets.IsSteady(argument.Expression)) is { } changing)
                reason = $"{changing} may be another by the time that {method.Name} begins: put it into a variable of its own first";
            else
                works.Add(new Work(evidence, statement, targets.OfCall(call, method)));
        }

        if (works.Count == 0)
            reason ??= $"nothing calls {method.Name}: let it return a Task, or take it out";
        return works;
    }
}
