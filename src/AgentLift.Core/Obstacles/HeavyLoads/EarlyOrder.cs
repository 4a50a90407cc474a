using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>The statements that run once while the agent is made or started, in their order. Those of a method that only one of them calls stand in the place of the call.</summary>
internal sealed class EarlyOrder
{
    private const int Depth = 10;

    private readonly TypeFacts agent;
    private readonly MemberUses uses;
    private readonly List<StatementSyntax> statements = [];

    /// <param name="agent">The agent.</param>
    /// <param name="uses">Where its members are named.</param>
    /// <param name="within">A statement that runs exactly once while the agent is made.</param>
    public EarlyOrder(TypeFacts agent, MemberUses uses, StatementSyntax within)
    {
        this.agent = agent;
        this.uses = uses;
        var function = Construction.FunctionOf(within);
        for (var depth = 0; depth < Depth && function is MethodDeclarationSyntax && CallOf(function) is { } caller; depth++)
            function = Construction.FunctionOf(caller);
        if (function is not null)
            Add(function, Depth);
        Whole = function;

        // It may stand in a method that returns early further on.
        if (!statements.Contains(within))
        {
            Whole = null;
            statements.Clear();
            statements.AddRange(within.Parent is BlockSyntax block ? block.Statements : [within]);
        }
    }

    /// <param name="agent">The agent.</param>
    /// <param name="uses">Where its members are named.</param>
    /// <param name="function">What runs once.</param>
    public EarlyOrder(TypeFacts agent, MemberUses uses, MethodDeclarationSyntax function)
    {
        this.agent = agent;
        this.uses = uses;
        Add(function, Depth);
        Whole = function;
    }

    /// <summary>The function that this is the order of; <see langword="null"/> where only a part of one is known.</summary>
    public BaseMethodDeclarationSyntax? Whole { get; }

    public IReadOnlyList<StatementSyntax> Statements => statements;

    public int IndexOf(StatementSyntax statement) => statements.IndexOf(statement);

    /// <summary>Puts statements of it into its order.</summary>
    public void Sort(List<StatementSyntax> some) => some.Sort((one, other) => IndexOf(one).CompareTo(IndexOf(other)));

    private void Add(BaseMethodDeclarationSyntax function, int depth)
    {
        if (function.ExpressionBody is { } arrow)
        {
            if (CalledBy(arrow) is { } called && depth > 0)
                Add(called, depth - 1);
            return;
        }

        foreach (var statement in function.Body?.Statements ?? default)
        {
            if (depth > 0 && CalledBy(statement) is { } called)
                Add(called, depth - 1);
            else
                statements.Add(statement);
        }
    }

    private SyntaxNode? CallOf(BaseMethodDeclarationSyntax function) =>
        agent.ModelOf(function).GetDeclaredSymbol(function) is { } symbol && uses.Of(symbol) is { Count: 1 } calls ? calls[0].Expression.Parent?.Parent : null;

    // What follows a return would not be reached from the place of the call.
    private MethodDeclarationSyntax? CalledBy(SyntaxNode caller)
    {
        var call = caller is ArrowExpressionClauseSyntax arrow ? arrow.Expression : (caller as ExpressionStatementSyntax)?.Expression;
        return call is InvocationExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }, ArgumentList.Arguments.Count: 0 } invocation
            && agent.ModelOf(invocation).GetSymbolInfo(invocation).Symbol is IMethodSymbol
            {
                MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, ReturnsVoid: true, IsAsync: false, IsGenericMethod: false, DeclaringSyntaxReferences.Length: 1,
            } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, agent.Type)
            && uses.Of(method).Count == 1
            && method.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax { Body: { } body } declaration
            && !body.Statements.Any(Construction.Leaves)
                ? declaration
                : null;
    }
}
