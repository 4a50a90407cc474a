using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Which loads need which others.</summary>
internal static class LoadCycles
{
    /// <summary>A load that would wait for itself; <see langword="null"/> where none does.</summary>
    public static LazyPlan? FirstIn(TypeFacts agent, IReadOnlyList<LazyPlan> plans) =>
        plans.Count < 2 ? null : plans.FirstOrDefault(plan => Needed(agent, plan, plans).Contains(plan));

    /// <summary>The loads that one brings about, those that they bring about included.</summary>
    public static HashSet<LazyPlan> Needed(TypeFacts agent, LazyPlan plan, IReadOnlyList<LazyPlan> plans)
    {
        var needed = new HashSet<LazyPlan>();
        var open = new Stack<LazyPlan>([plan]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            foreach (var other in plans.Where(other => other != next && !needed.Contains(other) && Reads(agent, next, other)).ToList())
            {
                needed.Add(other);
                open.Push(other);
            }
        }

        return needed;
    }

    private static bool Reads(TypeFacts agent, LazyPlan plan, LazyPlan other) => plan.Code.SelectMany(code => code.DescendantNodesAndSelf()).OfType<SimpleNameSyntax>()
        .Any(name => !new MemberUse(name).IsNameOnly && agent.ModelOf(name).GetSymbolInfo(name).Symbol?.OriginalDefinition is { } symbol && other.Sets(symbol));
}
