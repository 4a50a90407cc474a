using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>A field that a load sets besides what it is for: a count that it takes, an index that it fills. Whoever reads it loads first.</summary>
/// <param name="Field">The field, which stays.</param>
/// <param name="Initial">What it begins with, which each attempt to load begins with from now on; <see langword="null"/> where it is only assigned.</param>
internal sealed record Companion(IFieldSymbol Field, ExpressionSyntax? Initial)
{
    /// <summary>The name of the property that reads it.</summary>
    public string Name { get; set; } = string.Empty;

    public FieldDeclarationSyntax Declaration => (FieldDeclarationSyntax)Field.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
}
