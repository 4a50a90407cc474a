using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>What runs while the agent is constructed or its class is initialised, and what of it runs exactly once.</summary>
internal sealed class Construction
{
    private readonly TypeFacts agent;
    private readonly MemberUses uses;
    private readonly HashSet<ISymbol> early;

    public Construction(TypeFacts agent, MemberUses uses)
    {
        this.agent = agent;
        this.uses = uses;
        early = agent.Graph.Reach(agent.Members.Select(member => member.Member).Where(member =>
            member is IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } || IsModuleInitialiser(member)));
    }

    public static bool IsModuleInitialiser(ISymbol member) =>
        member is IMethodSymbol && member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModuleInitializerAttribute");

    /// <summary>Whether code at a place runs while the agent is made. What a lambda holds runs later, unless the call that takes it runs it at once.</summary>
    public bool IsEarly(SyntaxNode node)
    {
        for (var place = node.Parent; place is not null; place = place.Parent)
        {
            switch (place)
            {
                case AnonymousFunctionExpressionSyntax lambda when !RunsAtOnce(lambda):
                    return false;
                case LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return agent.ModelOf(place).GetDeclaredSymbol(place) is IMethodSymbol function && early.Contains(function.PartialDefinitionPart ?? function);
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax } getter:
                    return agent.ModelOf(place).GetDeclaredSymbol(getter.Parent!) is IPropertySymbol property && property.GetMethod is { } get && early.Contains(get);
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    return true;
                case TypeDeclarationSyntax:
                    return node.Ancestors().Any(ancestor => ancestor is PrimaryConstructorBaseTypeSyntax);
            }
        }

        return false;
    }

    /// <summary>Why a statement does not run exactly once while each agent is made, or its class initialised; <see langword="null"/> where it does.</summary>
    public string? WhyNotOnce(SyntaxNode statement, string what)
    {
        for (var depth = 0; depth < 10; depth++)
        {
            if (FunctionOf(statement) is not { } function)
                return $"{what} is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own";
            if (statement.Parent is BlockSyntax block && block.Statements.TakeWhile(other => other != statement).Any(Leaves))
                return $"{what} is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own";
            if (agent.ModelOf(function).GetDeclaredSymbol(function) is not IMethodSymbol symbol)
                return $"{what} is not loaded by the agent's own code";
            switch (symbol.MethodKind)
            {
                case MethodKind.StaticConstructor:
                    return null;
                case MethodKind.Constructor:
                    return WhyNotAll((ConstructorDeclarationSyntax)function, what);
                case MethodKind.Ordinary when IsModuleInitialiser(symbol):
                    return uses.Of(symbol).Count == 0 ? null : $"{symbol.Name} is called again, and loads {what} again";
            }

            if (symbol.MethodKind != MethodKind.Ordinary || symbol.IsVirtual || symbol.IsOverride || symbol.IsAsync || symbol.DeclaredAccessibility != Accessibility.Private || symbol.IsGenericMethod)
                return $"{symbol.Name} loads {what}, and others than the constructor may call it";
            if (uses.Of(symbol) is not { Count: 1 } calls || calls[0] is not { } call || call.Expression.Parent is not InvocationExpressionSyntax { Parent: { } caller } invocation)
                return $"{symbol.Name} loads {what}, and others than the constructor may call it";
            if (caller is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax) || invocation.Expression is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                return $"{symbol.Name} loads {what}, and others than the constructor may call it";
            statement = caller;
        }

        return $"{what} is loaded too deep inside calls";
    }

    /// <summary>The function that a statement or expression body stands in at its top level.</summary>
    public static BaseMethodDeclarationSyntax? FunctionOf(SyntaxNode statement) => statement switch
    {
        ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax function } => function,
        { Parent: BlockSyntax { Parent: BaseMethodDeclarationSyntax function } } => function,
        _ => null,
    };

    /// <summary>Whether the agent starts work, or hands itself to others, while it is made.</summary>
    public bool StartsWork => agent.Background.Any(work => early.Contains(work.Scope.Function)) || agent.Events.Any(fact => early.Contains(fact.Scope.Function));

    private string? WhyNotAll(ConstructorDeclarationSyntax constructor, string what)
    {
        var others = uses.Parts.SelectMany(part => part.Members).OfType<ConstructorDeclarationSyntax>()
            .Where(other => other != constructor && !other.Modifiers.Any(SyntaxKind.StaticKeyword));
        return others.All(other => other.Initializer is { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword })
            ? null
            : $"{agent.Type.Name} has several constructors, and not each of them loads {what}";
    }

    private bool RunsAtOnce(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call })
            return false;
        return agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol method
            && method.ContainingNamespace?.ToDisplayString() is { } space
            && (space == "System.Linq" || space.StartsWith("System.Collections", StringComparison.Ordinal) || method.ContainingType.SpecialType == SpecialType.System_Array);
    }

    /// <summary>What follows the statement may not be reached.</summary>
    public static bool Leaves(StatementSyntax statement) => statement
        .DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);
}
