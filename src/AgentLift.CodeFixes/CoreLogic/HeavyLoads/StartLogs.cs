using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>
/// A line of the log that tells at start what was loaded would load it at start. It is logged by the load instead, as its last step, where it says the same there:
/// nothing in it may change in between, and no load is brought about that the load does not bring about anyway.
/// </summary>
internal static class StartLogs
{
    public static async Task MoveAsync(AgentCode agent, LoadPlanning planning, IReadOnlyList<LazyPlan> plans, CancellationToken cancellationToken)
    {
        var settled = new SettledMembers(agent, planning);
        foreach (var statement in LinesAtStart(agent, planning.Uses))
        {
            var line = LogLine.Of(agent, statement, member => plans.Any(plan => plan.Sets(member)));
            if (line is null || PlanFor(agent, statement, line, plans) is not { } plan)
                continue;
            foreach (var member in line.Others)
                await settled.LookAtAsync(member, cancellationToken).ConfigureAwait(false);
            if (planning.WhyNotIn(plan, statement, settled.Contains) is null)
                plan.Moved.Add(statement);
        }
    }

    private static IEnumerable<StatementSyntax> LinesAtStart(AgentCode agent, MemberUses uses) => agent.Type.GetMembers("OnStartingAsync").Concat(agent.Type.GetMembers("OnStartedAsync"))
        .Where(member => member.IsOverride)
        .SelectMany(member => member.DeclaringSyntaxReferences.Select(part => part.GetSyntax()))
        .Select(member => (member as MethodDeclarationSyntax)?.Body?.Statements.FirstOrDefault())
        .OfType<StatementSyntax>()
        .SelectMany(first => new EarlyOrder(agent.Facts, uses, first).Statements.TakeWhile(statement => statement is ReturnStatementSyntax || !Construction.Leaves(statement)));

    // The one that brings about all that the line tells of.
    private static LazyPlan? PlanFor(AgentCode agent, StatementSyntax statement, LogLine line, IReadOnlyList<LazyPlan> plans)
    {
        var told = plans.Where(plan => line.Loaded.Any(plan.Sets)).ToList();
        return told.Any(plan => plan.Form != LazyForm.Member && plan.Form != LazyForm.Getter)
            ? null
            : told.FirstOrDefault(plan => plan.Form == LazyForm.Member && !plan.Member.IsStatic
                && plan.Value.SyntaxTree == statement.SyntaxTree
                && LoadCycles.Needed(agent.Facts, plan, plans) is var needed
                && told.All(other => other == plan || needed.Contains(other) || (other.Form == LazyForm.Getter && other.Target.From == plan.Target)));
    }
}
