using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Tells which fields may be set by the load of another one.</summary>
internal sealed class Companions(TypeFacts agent, MemberUses uses, Releases releases)
{
    /// <summary>The field as one that is set along with a load; <see langword="null"/> where others may set it too, see it before, or keep it when the load has failed halfway.</summary>
    public Companion? Of(ISymbol member)
    {
        if (member is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsStatic: false, IsConst: false, IsVolatile: false, DeclaringSyntaxReferences.Length: 1 } field
            || !SymbolEqualityComparer.Default.Equals(field.ContainingType.OriginalDefinition, agent.Type)
            || field.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Declaration.Variables.Count: 1 } declaration } variable
            || !HandWritten.Contains(declaration.SyntaxTree)
            || declaration.Modifiers.Any(SyntaxKind.RequiredKeyword)
            || Shapes.OfType(field.Type, field.Name) is not null
            || uses.IsNamedOutOfReach(field))
        {
            return null;
        }

        var initial = variable.Initializer?.Value is { } value && !LazyPlanner.IsNothing(value) ? value : null;
        var isAssigned = false;
        foreach (var use in uses.Of(field).Where(use => !use.IsNameOnly))
        {
            if (use.IsByReference || Releases.IsRelease(use) || releases.IsAtEnd(use.Name) || use.Assignment is { RawKind: not (int)SyntaxKind.SimpleAssignmentExpression })
                return null;
            isAssigned |= use.Assignment is not null;
        }

        return isAssigned == (initial is null) ? new Companion(field, initial) : null;
    }

    /// <summary>A value that only one statement takes from what is loaded, such as <c>_count = _table.Count</c>.</summary>
    public bool IsTaken(ISymbol member, StatementSyntax by) =>
        member is IFieldSymbol && Of(member) is { Initial: null } && uses.Of(member).Where(use => use.Assignment is not null).All(use => by.Contains(use.Name));
}
