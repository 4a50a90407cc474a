using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles;

/// <summary>What a place of an agent is called, for persons.</summary>
internal static class PlaceNames
{
    /// <summary>The member around a node.</summary>
    public static string Of(SyntaxNode node) => NamedSource.MemberAround(node) switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        ConstructorDeclarationSyntax => "the constructor",
        _ => "another type",
    };
}
