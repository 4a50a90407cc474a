using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>AGL2007: an async void method is work that nobody waits for. It returns its task, and the runtime runs it wherever it was called.</summary>
internal static class AsyncVoid
{
    /// <returns>A piece of work for each call.</returns>
    public static IReadOnlyList<Work> Read(AgentSyntax code, Evidence evidence, out string? reason)
    {
        reason = null;
        if (evidence.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, Name.Length: > 0 } method || code.DeclarationOf(method) is null || AgentCode.NodeAt(evidence) is AnonymousFunctionExpressionSyntax)
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
            if (AgentSyntax.CallOf(name) is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } call || AgentSyntax.FunctionAround(call) is not { } function)
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

    /// <summary>Names the methods as asynchronous ones.</summary>
    public static void Name(AgentSyntax code, AgentDraft draft, IReadOnlyList<Work> works)
    {
        foreach (var group in Methods(works))
        {
            var name = group.Key.Name;
            var wanted = name + "Async";
            if (name.EndsWith("Async", StringComparison.Ordinal) || code.Agent.Type.MemberNames.Contains(wanted) || group.Key.MethodKind == MethodKind.LocalFunction || !draft.NewNames.Add(wanted))
                continue;
            foreach (var work in group)
                work.Target.NewName = wanted;
        }
    }

    public static void Rewrite(AgentSyntax code, AgentDraft draft, IReadOnlyList<Work> works)
    {
        foreach (var group in Methods(works))
        {
            var declaration = code.DeclarationOf(group.Key)!;
            var (result, identifier) = declaration is MethodDeclarationSyntax method ? (method.ReturnType, method.Identifier) : (((LocalFunctionStatementSyntax)declaration).ReturnType, ((LocalFunctionStatementSyntax)declaration).Identifier);
            draft.Replace(result.SyntaxTree, result.Span, nameof(Task));
            draft.AddUsing(result.SyntaxTree, "System.Threading.Tasks", nameof(Task));
            if (group.First().Target.NewName is { } name)
                draft.Replace(result.SyntaxTree, identifier.Span, name);
        }
    }

    private static IEnumerable<IGrouping<IMethodSymbol, Work>> Methods(IReadOnlyList<Work> works) => works
        .Where(work => work.Evidence.Rule.Id == Core.Rules.RuleIds.AsyncVoid)
        .GroupBy<Work, IMethodSymbol>(work => work.Target.Method!, SymbolEqualityComparer.Default);
}
