using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>Tells of what state of an agent all who see or change it are known.</summary>
internal sealed class KnownState(TypeFacts agent, MemberUses uses, Functions functions, Func<ISymbol, bool> isOwn)
{
    /// <summary>No class that a base class of others declares runs code of the agent that is not known, and none within it keeps state in a base class.</summary>
    public bool HasKnownBases => IsOfRuntime(agent.Type.BaseType) && uses.Parts.SelectMany(part => part.DescendantNodes()).OfType<TypeDeclarationSyntax>()
        .Select(type => agent.ModelOf(type).GetDeclaredSymbol(type)).OfType<INamedTypeSymbol>()
        .All(type => type.BaseType is not { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } foreign || isOwn(foreign) || IsException(foreign));

    /// <summary>Nobody else can see or change what the work does or reads.</summary>
    public bool Covers(Effects work) => work.Written.Concat(work.Read).All(member => IsKnown(member, work.Written.Contains(member)));

    private bool IsKnown(ISymbol member, bool isWritten)
    {
        if (member is ILocalSymbol)
            return true;
        if (member is IParameterSymbol parameter)
            return !isWritten || !IsOfConstructor(parameter);
        if (!isOwn(member))
            return !isWritten || member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction };
        if (uses.IsNamedOutOfReach(member) || (member is not IMethodSymbol && (IsShared(member, isWritten) || IsNamedOutsideFunctions(member))))
            return false;
        if (member is IMethodSymbol && !isWritten)
            return true;

        // A copy, a comparison or a text of the whole sees it without naming it.
        if (isWritten && member is not IMethodSymbol && !Same(member.ContainingType, agent.Type) && (member.ContainingType.IsRecord || member.ContainingType.IsValueType))
            return false;
        var isFixed = member is IFieldSymbol { IsReadOnly: true } && !isWritten;
        return isFixed || (member is IPropertySymbol property && IsComputed(property)) || functions.IsPrivate(member);
    }

    // Other agents of the class wait for their own loads.
    private static bool IsShared(ISymbol member, bool isWritten) => member.IsStatic && (isWritten || member is not (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }));

    private bool IsNamedOutsideFunctions(ISymbol member) => uses.Of(member).Any(use => !use.IsNameOnly && functions.Around(use.Name) is null);

    private static bool IsComputed(IPropertySymbol property) =>
        property.GetMethod is { DeclaringSyntaxReferences: [var getter] } && getter.GetSyntax() is not AccessorDeclarationSyntax { Body: null, ExpressionBody: null }
        && !property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => Same(field.AssociatedSymbol, property));

    // Whoever makes the agent has it too.
    private bool IsOfConstructor(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type } && Same(type, agent.Type);

    private static bool IsOfRuntime(ISymbol? type) => type?.ContainingAssembly?.Name == "AgentLift.Runtime";

    private static bool IsException(ITypeSymbol type) => type.SpecialType == SpecialType.System_Enum || type.Name is "Exception" or "EventArgs" or "Attribute" || (type.BaseType is { } wider && IsException(wider));

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
