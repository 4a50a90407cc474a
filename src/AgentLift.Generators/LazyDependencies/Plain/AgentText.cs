using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>What the text of a class and its bases tells of their members, without the compiler's declaring them. It answers in doubt as if there were trouble.</summary>
internal sealed class AgentText
{
    private readonly INamedTypeSymbol agent;
    private readonly List<INamedTypeSymbol> lineage;
    private readonly List<MemberDeclarationSyntax> members;

    public AgentText(INamedTypeSymbol agent)
    {
        this.agent = agent;
        lineage = [.. AgentTypes.LineageOf(agent)];
        members = MembersOf(agent);
    }

    /// <summary>Whether the class or a base of it may have declarations of dependencies, or a base from another assembly lazy members: their symbols cost little, and tell.</summary>
    public bool MayDeclareByHand => lineage.Any(type =>
        type.MemberNames.Contains(KnownNames.DeclareDependencies) || (type.DeclaringSyntaxReferences.IsEmpty && LazySiblings.Marked(type).Any()));

    /// <summary>Whether the class or a base of it has a member of a name.</summary>
    public bool Has(string name) => agent.MemberNames.Contains(name) || BasesHave(name);

    public bool BasesHave(string name) => BaseTypes.Of(agent).Any(type => type.MemberNames.Contains(name));

    /// <summary>Whether a name can mean a member, here or in the classes around.</summary>
    public bool MayMean(string name)
    {
        for (INamedTypeSymbol? type = agent; type is not null; type = type.ContainingType)
        {
            if (BaseTypes.Of(type).Prepend(type).Any(part => part.MemberNames.Contains(name)))
                return true;
        }

        return false;
    }

    /// <summary>The property or method of a name; <see langword="null"/> where there is none, or where another may be meant.</summary>
    public MemberDeclarationSyntax? Only(string name)
    {
        MemberDeclarationSyntax? only = null;
        foreach (var member in members)
        {
            if (PropertyOrMethod(member) != name)
                continue;
            if (only is not null)
                return null;
            only = member;
        }

        return only;
    }

    /// <summary>Whether no other member can have the same name as a dependency, or want the same field. Every member with attributes counts, whatever they are.</summary>
    public bool IsDistinct(MemberDeclarationSyntax declaration, string dependency, string field)
    {
        var siblings = members.Where(member => member != declaration && MayBeMarked(member)).ToList();
        return siblings.Concat(lineage.Skip(1).SelectMany(MembersOf).Where(MayBeMarked)).All(other => IsNamedOtherwise(other, dependency))
            && siblings.All(sibling => LazySiblings.FieldName(PropertyOrMethod(sibling)!) != field)
            && !siblings.Prepend(declaration).Any(member => HasParameter(member, field));
    }

    private static bool HasParameter(MemberDeclarationSyntax member, string name) =>
        member is MethodDeclarationSyntax method && method.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name);

    private static List<MemberDeclarationSyntax> MembersOf(INamedTypeSymbol type) =>
        [.. type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<TypeDeclarationSyntax>().SelectMany(part => part.Members)];

    private static bool MayBeMarked(MemberDeclarationSyntax member) => member.AttributeLists.Count > 0 && PropertyOrMethod(member) is { Length: > 0 };

    private static bool IsNamedOtherwise(MemberDeclarationSyntax member, string dependency) => PropertyOrMethod(member) != dependency && member.AttributeLists
        .SelectMany(list => list.Attributes)
        .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default)
        .Where(argument => argument.NameEquals is { Name.Identifier.ValueText: "Name" })
        .All(argument => argument.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText != dependency);

    private static string? PropertyOrMethod(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };
}
