using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>The members of an agent that nobody sets any more once it is started.</summary>
internal sealed class SettledMembers(AgentCode agent, LoadPlanning planning)
{
    private readonly Dictionary<ISymbol, bool> known = new(SymbolEqualityComparer.Default);

    public bool Contains(ISymbol member) => known.TryGetValue(member, out var isSettled) && isSettled;

    /// <summary>Looks for those who set a member.</summary>
    public async Task<bool> LookAtAsync(ISymbol member, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(member, out var isSettled))
            return isSettled;

        // A field that the setter of a property fills is as settled as the property.
        known[member] = true;
        known[member] = await IsSettledAsync(member, cancellationToken).ConfigureAwait(false);
        foreach (var field in known[member] ? SetBySetterOf(member).ToList() : [])
            await LookAtAsync(field, cancellationToken).ConfigureAwait(false);
        return known[member];
    }

    private async Task<bool> IsSettledAsync(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var use in planning.Uses.Of(member).Where(IsWrite))
        {
            if (planning.IsEarly(use.Name))
                continue;
            if (use.Name.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is not { RawKind: (int)SyntaxKind.SetAccessorDeclaration, Parent.Parent: PropertyDeclarationSyntax property }
                || agent.ModelOf(property).GetDeclaredSymbol(property, cancellationToken) is not { } set
                || !await LookAtAsync(set, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        var outside = await planning.Uses.OutsideAsync(agent.Solution, member, cancellationToken).ConfigureAwait(false);
        return outside.Where(IsWrite).All(SetByMakers.IsBeforeHandedOn);
    }

    private static bool IsWrite(MemberUse use) => !use.IsNameOnly && (use.Assignment is not null || use.IsByReference);

    private IEnumerable<ISymbol> SetBySetterOf(ISymbol member) => member is IPropertySymbol { SetMethod: { } setter }
        ? setter.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<AssignmentExpressionSyntax>()
            .Select(assignment => agent.ModelOf(assignment).GetSymbolInfo(assignment.Left).Symbol).OfType<IFieldSymbol>()
        : [];
}
