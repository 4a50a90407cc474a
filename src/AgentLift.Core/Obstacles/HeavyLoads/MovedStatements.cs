using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Completes what goes into a load: the locals that only it needs go with it.</summary>
internal static class MovedStatements
{
    /// <returns>Why the statements cannot be taken out of where they stand; <see langword="null"/> where they can.</returns>
    public static string? Complete(TypeFacts agent, LazyPlan plan, Func<ISymbol, bool> isLazy)
    {
        if (plan.Moved.Count == 0)
            return null;
        var block = (BlockSyntax)plan.Moved[0].Parent!;
        for (var complete = false; !complete;)
        {
            complete = true;
            foreach (var local in plan.Moved.SelectMany(statement => Locals(agent, statement)).Distinct<ILocalSymbol>(SymbolEqualityComparer.Default).ToList())
            {
                var declared = local.DeclaringSyntaxReferences[0].GetSyntax().AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Parent == block);
                if (declared is null || plan.Moved.Contains(declared))
                    continue;
                if (declared is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 })
                    continue;
                var others = block.Statements.Where(statement => statement != declared && !plan.Moved.Contains(statement) && Locals(agent, statement).Contains(local, SymbolEqualityComparer.Default)).ToList();

                // A path that others use too is kept; what is done to the value itself is part of its load.
                if (others.Count > 0 && (Captures.NeverChanges(local.Type) || others.Any(other => new StatementReach(agent, plan.Member, isLazy).Touched(other).Any())))
                    continue;
                plan.Moved.Add(declared);
                plan.Moved.AddRange(others);
                complete = false;
            }
        }

        plan.Moved.Sort((one, other) => one.SpanStart.CompareTo(other.SpanStart));
        return plan.Moved.Select(statement => WhyNot(agent, plan, block, statement, isLazy)).FirstOrDefault(reason => reason is not null);
    }

    private static string? WhyNot(TypeFacts agent, LazyPlan plan, BlockSyntax block, StatementSyntax statement, Func<ISymbol, bool> isLazy)
    {
        if (statement.ContainsDirectives)
            return $"a comment or directive stands within what {plan.Member.Name} is loaded by: move it first";
        if (statement is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or IfStatementSyntax or UsingStatementSyntax))
            return $"the constructor goes on to use {plan.Member.Name} in a statement that cannot be moved";
        if (statement != plan.Assigning && new StatementReach(agent, plan.Member, isLazy).Touched(statement).FirstOrDefault() is { } touched)
            return $"the constructor goes on to use {plan.Member.Name} together with {touched.Name}";
        var model = agent.ModelOf(statement);
        var own = statement.DescendantNodes().Select(node => model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>().ToList();
        var shared = block.Statements.Where(other => !plan.Moved.Contains(other)).SelectMany(other => Locals(agent, other)).FirstOrDefault(local => own.Contains(local, SymbolEqualityComparer.Default));
        return shared is null ? null : $"the constructor goes on to use {shared.Name}, which is made by the load of {plan.Member.Name}";
    }

    private static IEnumerable<ILocalSymbol> Locals(TypeFacts agent, StatementSyntax statement) => statement.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Select(name => agent.ModelOf(name).GetSymbolInfo(name).Symbol).OfType<ILocalSymbol>();
}
