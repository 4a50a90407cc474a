using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>Types as the text names them, without the members that are declared with them.</summary>
internal static class NamedTypes
{
    /// <returns><see langword="null"/> where the name is wrong: the compiler may know then which type is meant, as one that cannot be seen, and yet declare no member with it.</returns>
    public static ITypeSymbol? TypeNamed(this SemanticModel model, TypeSyntax name) => model.GetSymbolInfo(name) is { Symbol: ITypeSymbol { TypeKind: not TypeKind.Error } type } ? type : null;

    /// <summary>What a name means as a type at a place.</summary>
    public static SymbolInfo TypeNamedAt(this SemanticModel model, int position, IdentifierNameSyntax name) =>
        model.GetSpeculativeSymbolInfo(position, name, SpeculativeBindingOption.BindAsTypeOrNamespace);
}
