using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators;

/// <summary>Names as the text has them.</summary>
internal static class SyntaxNames
{
    /// <summary>The last part of the name of a type: <c>Options.IOptions&lt;T&gt;?</c> gives <c>IOptions&lt;T&gt;</c>; <see langword="null"/> where it is no name.</summary>
    public static SimpleNameSyntax? Simple(this TypeSyntax? type) => type switch
    {
        SimpleNameSyntax simple => simple,
        QualifiedNameSyntax { Right: var right } => right,
        AliasQualifiedNameSyntax { Name: var right } => right,
        NullableTypeSyntax { ElementType: var element } => element.Simple(),
        _ => null,
    };
}
