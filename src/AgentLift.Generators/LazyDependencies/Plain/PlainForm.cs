using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>Reads how a member is asked for from its declaration.</summary>
internal static class PlainForm
{
    // Without override: such a member can take parts of its type from the one it overrides.
    private static readonly HashSet<SyntaxKind> Modifiers =
    [
        SyntaxKind.PublicKeyword,
        SyntaxKind.PrivateKeyword,
        SyntaxKind.ProtectedKeyword,
        SyntaxKind.InternalKeyword,
        SyntaxKind.VirtualKeyword,
        SyntaxKind.NewKeyword,
        SyntaxKind.PartialKeyword,
    ];

    /// <summary>The name of a member whose body can be generated; <see langword="null"/> where the text does not tell that it can.</summary>
    public static string? NameOf(MemberDeclarationSyntax member)
    {
        if (!member.Modifiers.Any(SyntaxKind.PartialKeyword)
            || !member.Modifiers.All(modifier => Modifiers.Contains(modifier.Kind()))
            || member.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp13 })
        {
            return null;
        }

        var name = member switch
        {
            PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null, ExpressionBody: null, Initializer: null, AccessorList.Accessors: { Count: 1 } accessors } property
                when accessors[0] is { Body: null, ExpressionBody: null, Modifiers.Count: 0 } getter && getter.IsKind(SyntaxKind.GetAccessorDeclaration) => property.Identifier.ValueText,
            MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null, Body: null, ExpressionBody: null, TypeParameterList: null, ConstraintClauses.Count: 0 } method
                when TakesOneAtMost(method.ParameterList) => method.Identifier.ValueText,
            _ => null,
        };
        return name is { Length: > 0 } && TypeOf(member) is not (NullableTypeSyntax or RefTypeSyntax) ? name : null;
    }

    public static TypeSyntax? TypeOf(MemberDeclarationSyntax member) => member switch
    {
        PropertyDeclarationSyntax property => property.Type,
        MethodDeclarationSyntax method => method.ReturnType,
        _ => null,
    };

    /// <summary>Whether a method takes nothing, or one argument by value.</summary>
    public static bool TakesOneAtMost(ParameterListSyntax list) => list.Parameters.Count == 0 || list.Parameters is [{ Modifiers.Count: 0, Type: not null, Identifier.IsMissing: false }];

    /// <summary>The form of a member that has a name by <see cref="NameOf"/>; <see langword="null"/> where it is none.</summary>
    public static MemberForm? Of(MemberDeclarationSyntax member, SemanticModel model)
    {
        if (model.TypeNamed(TypeOf(member)!) is not { } type)
            return null;
        var form = (member, MemberForm.Awaited(type)) switch
        {
            (PropertyDeclarationSyntax, null) => new MemberForm(LazyForm.Property, type, null),
            (MethodDeclarationSyntax { ParameterList.Parameters: [] }, { } task) => new MemberForm(task.Form, task.Type, null),
            (MethodDeclarationSyntax { ParameterList.Parameters: [var token] }, { } task) when MemberForm.IsToken(model.TypeNamed(token.Type!)) =>
                new MemberForm(task.Form, task.Type, CSharpNames.Identifier(token.Identifier.ValueText)),
            _ => null,
        };
        return form is { Type.TypeKind: not TypeKind.Error } && MemberForm.WhyNotKept(form.Type) is null ? form : null;
    }
}
