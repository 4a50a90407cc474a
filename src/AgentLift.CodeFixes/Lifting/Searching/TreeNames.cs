using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>The names in a file, read once for as long as the file is the same.</summary>
internal sealed class TreeNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    private TreeNames(SyntaxNode root)
    {
        foreach (var token in root.DescendantTokens(descendIntoTrivia: true).Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
            Identifiers.Add(token.ValueText);
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case BaseTypeSyntax parent:
                    Bases.Add(LastNameOf(parent.Type));
                    break;
                case UsingDirectiveSyntax { Alias: not null, NamespaceOrType: { } target }:
                    Aliased.Add(LastNameOf(target));
                    break;
                case ImplicitObjectCreationExpressionSyntax creation:
                    HasUnnamedNew |= DeclaredTypeOf(creation) is null;
                    break;
            }
        }
    }

    /// <summary>All identifiers, those of documentation comments included.</summary>
    public HashSet<string> Identifiers { get; } = new(StringComparer.Ordinal);

    /// <summary>What types derive from, by the last part of the name.</summary>
    public HashSet<string> Bases { get; } = new(StringComparer.Ordinal);

    /// <summary>What has another name by a using directive, by the last part of its own.</summary>
    public HashSet<string> Aliased { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a <c>new()</c> does not stand beside the name of its type.</summary>
    public bool HasUnnamedNew { get; }

    public static TreeNames Of(SyntaxNode root) => Known.GetValue(root.SyntaxTree, _ => new TreeNames(root));

    /// <summary>The type that a <c>new()</c> initialises a variable or property of, as it is written; <see langword="null"/> where it stands elsewhere.</summary>
    public static TypeSyntax? DeclaredTypeOf(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent is EqualsValueClauseSyntax value
        ? value.Parent switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        }
        : null;

    private static string LastNameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => string.Empty,
    };
}
