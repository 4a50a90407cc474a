using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Completes what goes into a load: the locals that only it needs go with it.</summary>
internal static class MovedStatements
{
    /// <summary>Adds the locals that only moved statements use, and what else is done to them.</summary>
    public static void AddLocals(TypeFacts agent, LazyPlan plan, Func<ISymbol, bool> isLazy)
    {
        if (plan.Order is not { } order)
            return;
        for (var complete = false; !complete;)
        {
            complete = true;
            foreach (var local in plan.Moved.SelectMany(statement => Locals(agent, statement)).Distinct<ILocalSymbol>(SymbolEqualityComparer.Default).ToList())
            {
                var declared = local.DeclaringSyntaxReferences[0].GetSyntax().AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => order.IndexOf(statement) >= 0);
                if (declared is null || plan.Moved.Contains(declared))
                    continue;
                if (declared is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 })
                    continue;
                var others = order.Statements.Where(statement => statement != declared && !plan.Moved.Contains(statement) && Locals(agent, statement).Contains(local, SymbolEqualityComparer.Default)).ToList();

                // A path that others use too is kept; what is done to the value itself is part of its load.
                if (others.Count > 0 && (Captures.NeverChanges(local.Type) || others.Any(other => new StatementReach(agent, plan.Member, isLazy).Touched(other).Any())))
                    continue;
                plan.Moved.Add(declared);
                plan.Moved.AddRange(others);
                complete = false;
            }
        }

        order.Sort(plan.Moved);
    }

    /// <returns>Why the statements cannot be taken out of where they stand; <see langword="null"/> where they can.</returns>
    public static string? WhyNot(TypeFacts agent, LazyPlan plan, Func<ISymbol, bool> isLazy) =>
        plan.Order is { } order
            ? plan.Moved.Select(statement => WhyNot(agent, plan, order, statement, isLazy)).FirstOrDefault(reason => reason is not null) ?? MixesNames(agent, plan)
            : null;

    /// <summary>A statement of a kind that runs in a load as it runs in the constructor, with no comment or directive within it that would be lost.</summary>
    public static bool IsMovable(StatementSyntax statement) => !statement.ContainsDirectives
        && statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or IfStatementSyntax or UsingStatementSyntax;

    /// <summary>Whether a statement that stays uses a local that one of those which move declares.</summary>
    public static bool UsesLocalsOf(TypeFacts agent, LazyPlan plan, StatementSyntax statement) => Locals(agent, statement).Any(local =>
        plan.Moved.Any(moved => moved.SyntaxTree == statement.SyntaxTree && moved.Span.Contains(local.DeclaringSyntaxReferences[0].Span)));

    /// <summary>The reason to leave a load that something else of the agent goes with.</summary>
    public static string Together(LazyPlan plan, ISymbol other) => $"the constructor goes on to use {plan.Member.Name} together with {other.Name}";

    private static string? WhyNot(TypeFacts agent, LazyPlan plan, EarlyOrder order, StatementSyntax statement, Func<ISymbol, bool> isLazy)
    {
        if (statement.ContainsDirectives)
            return $"a comment or directive stands within what {plan.Member.Name} is loaded by: move it first";
        if (!IsMovable(statement))
            return $"the constructor goes on to use {plan.Member.Name} in a statement that cannot be moved";
        if (statement != plan.Assigning && new StatementReach(agent, plan.Member, isLazy).Touched(statement).FirstOrDefault(touched => !plan.IsCompanion(touched)) is { } touched)
            return Together(plan, touched);
        var model = agent.ModelOf(statement);
        var own = statement.DescendantNodes().Select(node => model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>().ToList();
        var shared = order.Statements.Where(other => !plan.Moved.Contains(other)).SelectMany(other => Locals(agent, other)).FirstOrDefault(local => own.Contains(local, SymbolEqualityComparer.Default));
        return shared is null ? null : $"the constructor goes on to use {shared.Name}, which is made by the load of {plan.Member.Name}";
    }

    /// <returns>Why the statements of several methods cannot stand in one: a name of the one means something in the other; <see langword="null"/> where they can.</returns>
    public static string? MixesNames(TypeFacts agent, LazyPlan plan)
    {
        var blocks = plan.Moved.GroupBy(statement => statement.Parent!).ToList();
        if (blocks.Count < 2)
            return null;
        var mixed = blocks.SelectMany(block => block.SelectMany(statement => statement.DescendantNodes())
                .Where(node => agent.ModelOf(node).GetDeclaredSymbol(node) is ILocalSymbol or IParameterSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction })
                .Select(node => agent.ModelOf(node).GetDeclaredSymbol(node)!.Name)
                .Where(name => blocks.Any(other => other != block && other.SelectMany(statement => statement.DescendantTokens()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name))))
            .FirstOrDefault();
        return mixed is null ? null : $"{plan.Member.Name} is loaded by several methods, in which {mixed} means different things";
    }

    private static IEnumerable<ILocalSymbol> Locals(TypeFacts agent, StatementSyntax statement) => statement.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Select(name => agent.ModelOf(name).GetSymbolInfo(name).Symbol).OfType<ILocalSymbol>();
}
