using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>The class around a lazy member, as a further part of it is declared.</summary>
internal static class AgentClasses
{
    /// <summary>The class that keeps the generated override out: the agent where it has one of its own, or a base that seals it.</summary>
    public static INamedTypeSymbol? DeclaresByHand(INamedTypeSymbol agent) =>
        DeclaredIn(agent) is not null ? agent : AgentTypes.Bases(agent).FirstOrDefault(parent => DeclaredIn(parent) is { IsSealed: true });

    /// <summary>The name of the innermost type around a member that is not partial.</summary>
    public static string? FirstNotPartial(MemberDeclarationSyntax member) =>
        Around(member).FirstOrDefault(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))?.Identifier.ValueText;

    public static AgentClass Of(INamedTypeSymbol agent, MemberDeclarationSyntax member) => new(
        AgentTypes.MetadataNameOf(agent),
        CSharpNames.Namespace(agent.ContainingNamespace),
        new([.. Around(member).Reverse().Select(Head)]));

    private static IMethodSymbol? DeclaredIn(INamedTypeSymbol type) =>
        type.GetMembers(KnownNames.DeclareDependencies).OfType<IMethodSymbol>().FirstOrDefault(method => method is { Parameters.IsEmpty: true, Arity: 0 });

    private static IEnumerable<TypeDeclarationSyntax> Around(MemberDeclarationSyntax member) => member.Ancestors().OfType<TypeDeclarationSyntax>();

    private static string Head(TypeDeclarationSyntax type)
    {
        var keyword = type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record ? $"record {record.ClassOrStructKeyword.Text}" : type.Keyword.Text;
        var parameters = type.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>" : string.Empty;
        return $"partial {keyword} {type.Identifier.Text}{parameters}";
    }
}
