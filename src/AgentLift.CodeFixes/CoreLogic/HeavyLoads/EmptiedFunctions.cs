using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>A function of which nothing is left: load methods take its place, or it goes with the calls of it.</summary>
internal sealed record EmptiedFunction(BaseMethodDeclarationSyntax Declaration, List<LazyPlan> Loads, List<SyntaxNode> Calls);

/// <summary>Finds the functions that did nothing but load.</summary>
internal sealed class EmptiedFunctions
{
    private readonly AgentCode agent;
    private readonly MemberUses uses;
    private readonly HashSet<SyntaxNode> moved;
    private readonly HashSet<SyntaxNode> gone;

    public EmptiedFunctions(AgentCode agent, MemberUses uses, IReadOnlyList<LazyPlan> plans, KeptValues kept)
    {
        this.agent = agent;
        this.uses = uses;
        moved = [.. plans.SelectMany(plan => plan.Moved.Where(statement => kept.StatementsAt(plan, statement).Length == 0))];
        gone = [.. moved, .. plans.Select(plan => plan.Assigning is ArrowExpressionClauseSyntax ? plan.Assigning : plan.Value)];
        var open = new Stack<BaseMethodDeclarationSyntax>(plans.Select(plan => plan.Assigning).Concat(moved).OfType<SyntaxNode>().Select(Construction.FunctionOf).OfType<BaseMethodDeclarationSyntax>().Distinct());
        while (open.Count > 0)
        {
            var function = open.Pop();
            var loads = plans.Where(plan => plan.Assigning is not null && Construction.FunctionOf(plan.Assigning) == function).ToList();
            if (Functions.Any(known => known.Declaration == function) || !IsEmpty(function, loads.Count > 0))
                continue;
            var calls = CallsOf(function).ToList();
            gone.UnionWith(calls);
            Functions.Add(new EmptiedFunction(function, loads, calls));
            foreach (var caller in calls.Select(Construction.FunctionOf).OfType<BaseMethodDeclarationSyntax>())
                open.Push(caller);
        }

        // A call within a function that goes as a whole needs no edit of its own.
        foreach (var function in Functions)
            function.Calls.RemoveAll(call => Functions.Any(other => other.Declaration.SyntaxTree == call.SyntaxTree && other.Declaration.Span.Contains(call.Span)));
    }

    public List<EmptiedFunction> Functions { get; } = [];

    /// <summary>The load method of the member stands in the place of such a function.</summary>
    public bool HoldsLoadOf(LazyPlan plan) => Functions.Any(function => function.Loads.Contains(plan));

    public bool Contains(SyntaxNode node) => Functions.Any(function => function.Declaration.SyntaxTree == node.SyntaxTree && function.Declaration.Span.Contains(node.Span));

    private bool IsEmpty(BaseMethodDeclarationSyntax function, bool holdsLoad)
    {
        if (function is not (MethodDeclarationSyntax or ConstructorDeclarationSyntax) || (function is ConstructorDeclarationSyntax && !function.Modifiers.Any(SyntaxKind.StaticKeyword)) || function.Modifiers.Any(SyntaxKind.OverrideKeyword))
            return false;
        if (!holdsLoad && function.GetLeadingTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            return false;
        if (function.ExpressionBody is { } arrow)
            return gone.Contains(arrow);
        return function.Body is { } body
            && body.Statements.All(gone.Contains)
            && !body.OpenBraceToken.TrailingTrivia.Concat(body.CloseBraceToken.LeadingTrivia).Any(trivia => trivia.IsDirective || trivia.ToString().Trim().Length > 0)
            && body.Statements.All(statement => holdsLoad || moved.Contains(statement) || !MovedText.HasComments(statement));
    }

    private IEnumerable<SyntaxNode> CallsOf(BaseMethodDeclarationSyntax function) =>
        agent.ModelOf(function).GetDeclaredSymbol(function) is IMethodSymbol { MethodKind: MethodKind.Ordinary } symbol
            ? uses.Of(symbol).Select(use => use.Expression.Parent?.Parent).OfType<SyntaxNode>()
            : [];
}
