using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Loads by the constructor without parameters, for members that name no method.</summary>
internal static class LoadConstructor
{
    /// <summary>The delegate that loads; <see langword="null"/> with a problem where there is no such constructor.</summary>
    public static string? Find(Compilation compilation, INamedTypeSymbol agent, string member, ITypeSymbol type, ProblemList problems)
    {
        if (CanConstruct(compilation, agent, type))
            return $"_ => new(new {CSharpNames.Of(type)}())";
        problems.Add(RuleIds.NothingToLoadWith, member, MemberForm.Short(type));
        return null;
    }

    /// <summary>Whether a class can write <c>new T()</c>.</summary>
    public static bool CanConstruct(Compilation compilation, INamedTypeSymbol within, ITypeSymbol type) =>
        CanBeConstructed(type, constructor => compilation.IsSymbolAccessibleWithin(constructor, within));

    private static bool CanBeConstructed(ITypeSymbol type, Func<ISymbol, bool> isAccessible) => type switch
    {
        ITypeParameterSymbol parameter => parameter.HasConstructorConstraint || parameter.HasValueTypeConstraint,
        INamedTypeSymbol { IsTupleType: false, IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } named =>
            named.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && isAccessible(constructor)) && !HasRequiredMembers(named),
        _ => false,
    };

    private static bool HasRequiredMembers(INamedTypeSymbol type) => BaseTypes.Of(type).Prepend(type)
        .SelectMany(part => part.GetMembers())
        .Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
}
