using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>The names in a file, read once for as long as the file is the same.</summary>
internal sealed class TreeNames : CSharpSyntaxWalker
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    private TreeNames()
        : base(SyntaxWalkerDepth.StructuredTrivia)
    {
    }

    /// <summary>All identifiers, those of documentation comments included.</summary>
    public HashSet<string> Identifiers { get; } = new(StringComparer.Ordinal);

    /// <summary>The identifiers among them that name something declared elsewhere, or here.</summary>
    public HashSet<string> Uses { get; } = new(StringComparer.Ordinal);

    /// <summary>The types of which a constructor calls another one of the same type.</summary>
    public HashSet<string> Chained { get; } = new(StringComparer.Ordinal);

    /// <summary>What types derive from, by the last part of the name.</summary>
    public HashSet<string> Bases { get; } = new(StringComparer.Ordinal);

    /// <summary>What has another name by a using directive, by the last part of its own.</summary>
    public HashSet<string> Aliased { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a <c>new()</c> does not stand beside the name of its type.</summary>
    public bool HasUnnamedNew { get; private set; }

    public static TreeNames Of(SyntaxNode root) => Known.GetValue(root.SyntaxTree, _ =>
    {
        var names = new TreeNames();
        names.Visit(root);
        return names;
    });

    /// <summary>The type that a <c>new()</c> initialises a variable or property of, as it is written; <see langword="null"/> where it stands elsewhere.</summary>
    public static TypeSyntax? DeclaredTypeOf(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent is EqualsValueClauseSyntax value
        ? value.Parent switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        }
        : null;

    public override void VisitToken(SyntaxToken token)
    {
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            Identifiers.Add(token.ValueText);
            if (token.Parent is SimpleNameSyntax)
                Uses.Add(token.ValueText);
        }

        base.VisitToken(token);
    }

    public override void VisitBaseList(BaseListSyntax node)
    {
        foreach (var parent in node.Types)
            Bases.Add(LastNameOf(parent.Type));
        base.VisitBaseList(node);
    }

    public override void VisitConstructorInitializer(ConstructorInitializerSyntax node)
    {
        if (node is { ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword, Parent: ConstructorDeclarationSyntax constructor })
            Chained.Add(constructor.Identifier.ValueText);
        base.VisitConstructorInitializer(node);
    }

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        if (node is { Alias: not null, NamespaceOrType: { } target })
            Aliased.Add(LastNameOf(target));
        base.VisitUsingDirective(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        HasUnnamedNew |= DeclaredTypeOf(node) is null;
        base.VisitImplicitObjectCreationExpression(node);
    }

    private static string LastNameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => string.Empty,
    };
}
