using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>The names in a file, read once for as long as the file is the same.</summary>
internal sealed class TreeNames : CSharpSyntaxWalker
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    /// <summary>What the language calls without naming it: its patterns, queries among them.</summary>
    public static readonly HashSet<string> CalledUnnamed = new(StringComparer.Ordinal)
    {
        "Add", "Current", "Deconstruct", "Dispose", "DisposeAsync", "GetAsyncEnumerator", "GetAwaiter", "GetEnumerator", "GetPinnableReference", "GetResult", "IsCompleted", "MoveNext", "MoveNextAsync",
        "Cast", "GroupBy", "GroupJoin", "Join", "OrderBy", "OrderByDescending", "Select", "SelectMany", "ThenBy", "ThenByDescending", "Where",
    };

    private TreeNames()
        : base(SyntaxWalkerDepth.StructuredTrivia)
    {
    }

    /// <summary>All identifiers, those of documentation comments included.</summary>
    public HashSet<string> Identifiers { get; } = new(StringComparer.Ordinal);

    /// <summary>The identifiers among them that name something declared elsewhere, or here.</summary>
    public HashSet<string> Uses { get; } = new(StringComparer.Ordinal);

    /// <summary>What other files can name: types that stand in no other type, attributes also by their short name, and extensions.</summary>
    public HashSet<string> Declared { get; } = new(StringComparer.Ordinal);

    /// <summary>The namespaces that it declares something in.</summary>
    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it says something for files that do not name it: by a global using directive, an attribute of the assembly, or an extension that the language calls without naming it.</summary>
    public bool SpeaksForAll { get; private set; }

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
        names.ReadDeclarations(root);
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

    // Shallow: what stands in a type is named by way of the type, but for extensions.
    private void ReadDeclarations(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax))
        {
            switch (node)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Namespaces.Add(string.Join(".", space.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(outer => outer.Name.ToString())));
                    break;
                case BaseTypeDeclarationSyntax type:
                    Declare(type.Identifier.ValueText);
                    foreach (var member in (type as ClassDeclarationSyntax)?.Members ?? default)
                        ReadExtension(member);
                    break;
                case DelegateDeclarationSyntax type:
                    Declare(type.Identifier.ValueText);
                    break;
                case UsingDirectiveSyntax { GlobalKeyword.RawKind: (int)SyntaxKind.GlobalKeyword } or AttributeListSyntax { Parent: CompilationUnitSyntax }:
                    SpeaksForAll = true;
                    break;
            }
        }
    }

    private void ReadExtension(MemberDeclarationSyntax member)
    {
        if (member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } method && first.Modifiers.Any(SyntaxKind.ThisKeyword))
        {
            Declared.Add(method.Identifier.ValueText);
            SpeaksForAll |= CalledUnnamed.Contains(method.Identifier.ValueText);
        }

        // A block of them; they may be operators as well.
        SpeaksForAll |= member is TypeDeclarationSyntax { Keyword.ValueText: "extension" };
    }

    private void Declare(string type)
    {
        Declared.Add(type);
        if (type.EndsWith(nameof(Attribute), StringComparison.Ordinal))
            Declared.Add(type.Substring(0, type.Length - nameof(Attribute).Length));
    }

    private static string LastNameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => string.Empty,
    };
}
