using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Decides which form each lazy member takes, once it is known which there are.</summary>
internal static class LazyForms
{
    public static void Decide(AgentCode agent, MemberUses uses, Makers makers, IReadOnlyList<LazyPlan> plans)
    {
        // What several instances share stays shared.
        var statics = plans.Where(plan => plan.Member.IsStatic).ToList();
        if (statics.Count > 0 && statics.All(plan => IsOfInstances(agent, uses, plan, plans)) && makers.MakeOne)
        {
            foreach (var plan in statics.Where(plan => plan.Form == LazyForm.Static))
                plan.Form = LazyForm.Member;
        }

        var members = new HashSet<ISymbol>(plans.Where(plan => plan.Form == LazyForm.Member || !plan.Member.IsStatic).Select(plan => plan.Member), SymbolEqualityComparer.Default);
        foreach (var plan in plans)
        {
            plan.Inputs.NeedsAgent |= (plan.Inputs.Outer.Count > 0 && !plan.Member.IsStatic) || plan.Companions.Count > 0;
            plan.Inputs.NeedsAgent |= plan.Code.SelectMany(code => code.DescendantNodesAndSelf()).OfType<SimpleNameSyntax>()
                .Any(name => agent.ModelOf(name).GetSymbolInfo(name).Symbol is { } symbol && members.Contains(symbol.OriginalDefinition) && !SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, plan.Member));
            plan.Existing = ExistingOf(agent, plan);
            plan.IsPlainConstruction = plan.Form == LazyForm.Member && IsPlainConstruction(agent, plan);
        }
    }

    // LoadTable() is a load method already.
    private static IMethodSymbol? ExistingOf(AgentCode agent, LazyPlan plan) =>
        plan.IsExpression
        && plan.Value is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } call
        && agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, Parameters.IsEmpty: true } method
        && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, agent.Type)
        && (plan.Form != LazyForm.Static || method.IsStatic)
            ? method
            : null;

    private static bool IsPlainConstruction(AgentCode agent, LazyPlan plan) =>
        plan.IsExpression
        && plan.Value is BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } }
        && agent.ModelOf(plan.Value).GetSymbolInfo(plan.Value).Symbol is IMethodSymbol { Parameters.IsEmpty: true } constructor
        && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, plan.Target.Type);

    private static bool IsOfInstances(AgentCode agent, MemberUses uses, LazyPlan plan, IReadOnlyList<LazyPlan> plans) =>
        plan.Member.DeclaredAccessibility == Accessibility.Private
        && uses.Of(plan.Member).All(use => use.IsNameOnly || plans.Any(other => IsIn(use, other.Moved) || IsIn(use, other.Released) || other.Assigning?.Contains(use.Name) == true || other.Value.Contains(use.Name)) || IsInInstanceCode(agent, use));

    private static bool IsIn(MemberUse use, IEnumerable<SyntaxNode> nodes) => nodes.Any(node => node.Contains(use.Name));

    private static bool IsInInstanceCode(AgentCode agent, MemberUse use)
    {
        foreach (var node in use.Name.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } when modifiers.Any(SyntaxKind.StaticKeyword):
                case LocalFunctionStatementSyntax { Modifiers: var local } when local.Any(SyntaxKind.StaticKeyword):
                case ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or FieldDeclarationSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                    return false;
                case TypeDeclarationSyntax type:
                    return SymbolEqualityComparer.Default.Equals(agent.ModelOf(type).GetDeclaredSymbol(type), agent.Type);
                case MemberDeclarationSyntax { Modifiers: var member } when member.Any(SyntaxKind.StaticKeyword):
                    return false;
            }
        }

        return false;
    }
}
