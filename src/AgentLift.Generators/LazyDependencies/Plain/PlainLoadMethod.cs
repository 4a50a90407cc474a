using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>Finds the method that a member names where it is the only one of its name, declared in the class itself.</summary>
internal static class PlainLoadMethod
{
    // Without override, which can take parts of its type from what it overrides, and without partial, which has two declarations.
    private static readonly HashSet<SyntaxKind> Modifiers =
    [
        SyntaxKind.PublicKeyword,
        SyntaxKind.PrivateKeyword,
        SyntaxKind.ProtectedKeyword,
        SyntaxKind.InternalKeyword,
        SyntaxKind.StaticKeyword,
        SyntaxKind.AsyncKeyword,
        SyntaxKind.VirtualKeyword,
        SyntaxKind.AbstractKeyword,
    ];

    /// <returns>The delegate that loads; <see langword="null"/> where the text does not tell that the method fits.</returns>
    public static string? Find(AgentText text, string name, MemberForm form, SemanticModel model)
    {
        if (text.BasesHave(name)
            || text.Only(name) is not MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null, TypeParameterList: null, ReturnType: not (NullableTypeSyntax or RefTypeSyntax) } method
            || !method.Modifiers.All(modifier => Modifiers.Contains(modifier.Kind()))
            || !PlainForm.TakesOneAtMost(method.ParameterList))
        {
            return null;
        }

        var types = method.SyntaxTree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(method.SyntaxTree);
        var takesToken = method.ParameterList.Parameters.Count == 1;
        if (types.TypeNamed(method.ReturnType) is not { SpecialType: not SpecialType.System_Void } returned
            || (takesToken && !MemberForm.IsToken(types.TypeNamed(method.ParameterList.Parameters[0].Type!))))
        {
            return null;
        }

        var awaited = MemberForm.Awaited(returned);
        var result = awaited?.Type ?? returned;
        if ((awaited is not null && form.Form == LazyForm.Property)
            || result is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
            || !model.Compilation.ClassifyCommonConversion(result, form.Type).IsImplicit)
        {
            return null;
        }

        return LoadDelegate.Of(name, takesToken, awaited?.Form, SymbolEqualityComparer.Default.Equals(result, form.Type));
    }
}
