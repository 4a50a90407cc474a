using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators;

/// <summary>A class as a further part of it is declared.</summary>
/// <param name="MetadataName">Its full metadata name, which no other class of the project has.</param>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Heads">The heads of its declaration and of those around it, outermost first, as <c>partial class Outer&lt;T&gt;</c>.</param>
internal sealed record PartialClass(string MetadataName, string Namespace, EquatableArray<string> Heads)
{
    private static readonly SymbolDisplayFormat WithoutEscapes = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Reads a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="inside">Its declaration, or one inside of it.</param>
    public static PartialClass Of(INamedTypeSymbol type, MemberDeclarationSyntax inside) => new(
        MetadataNameOf(type),
        CSharpNames.Namespace(type.ContainingNamespace),
        new([.. Around(inside).Reverse().Select(Head)]));

    /// <summary>The name of the innermost type at or around a declaration that is not partial.</summary>
    public static string? FirstNotPartial(MemberDeclarationSyntax inside) =>
        Around(inside).FirstOrDefault(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))?.Identifier.ValueText;

    /// <summary>The full metadata name of a type, which no other type of its project has.</summary>
    public static string MetadataNameOf(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{MetadataNameOf(outer)}+{type.MetadataName}";
        return type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString(WithoutEscapes)}.{type.MetadataName}";
    }

    private static IEnumerable<TypeDeclarationSyntax> Around(MemberDeclarationSyntax inside) => inside.AncestorsAndSelf().OfType<TypeDeclarationSyntax>();

    private static string Head(TypeDeclarationSyntax type)
    {
        var keyword = type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record ? $"record {record.ClassOrStructKeyword.Text}" : type.Keyword.Text;
        var parameters = type.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>" : string.Empty;
        return $"partial {keyword} {type.Identifier.Text}{parameters}";
    }
}
