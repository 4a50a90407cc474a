using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>AGL2007: an async void method is work that nobody waits for. It returns its task, and the runtime runs it wherever it was called.</summary>
internal static class AsyncVoid
{
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
