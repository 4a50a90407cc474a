using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Names that a file has from one of its usings and that a new using would bring a second time: an alias keeps what they mean.</summary>
internal static class UsingConflicts
{
    /// <returns>What to put behind <c>using</c>, such as <c>Timer = System.Timers.Timer</c>.</returns>
    public static IEnumerable<string> Of(SemanticModel model, string added)
    {
        if (NamespaceOf(model.Compilation, added) is not { } space)
            return [];
        var brought = new HashSet<string>(space.GetTypeMembers().Where(type => type is { DeclaredAccessibility: Accessibility.Public, Arity: 0 }).SelectMany(NamesOf), StringComparer.Ordinal);
        return model.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => brought.Contains(name.Identifier.ValueText) && IsFree(name))
            .Select(name => (Name: name, Type: TypeOf(model, name)))
            .Where(found => found.Type is { Arity: 0, ContainingType: null, ContainingNamespace.IsGlobalNamespace: false } && IsByUsing(found.Name, found.Type, added, model))
            .Select(found => $"{found.Name.Identifier.ValueText} = {found.Type!.ToDisplayString()}").Distinct();
    }

    private static INamespaceSymbol? NamespaceOf(Compilation compilation, string name)
    {
        INamespaceOrTypeSymbol? current = compilation.GlobalNamespace;
        foreach (var part in name.Split('.'))
            current = current?.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
        return current as INamespaceSymbol;
    }

    // An attribute is used by the short form of its name too.
    private static IEnumerable<string> NamesOf(INamedTypeSymbol type) =>
        type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? [type.Name, type.Name.Substring(0, type.Name.Length - "Attribute".Length)] : [type.Name];

    private static bool IsFree(IdentifierNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberAccessExpressionSyntax access => access.Expression == name,
        AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or UsingDirectiveSyntax => false,
        _ => true,
    };

    private static INamedTypeSymbol? TypeOf(SemanticModel model, IdentifierNameSyntax name) => model.GetSymbolInfo(name).Symbol switch
    {
        INamedTypeSymbol type => type,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when name.Parent is AttributeSyntax => constructor.ContainingType,
        _ => null,
    };

    private static bool IsByUsing(IdentifierNameSyntax name, INamedTypeSymbol type, string added, SemanticModel model)
    {
        var space = type.ContainingNamespace.ToDisplayString();
        if (space == added || model.GetAliasInfo(name) is not null || name.Parent is AttributeSyntax && type.Name != name.Identifier.ValueText)
            return false;
        var around = string.Join(".", name.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(part => part.Name.ToString()));
        return !(around + ".").StartsWith(space + ".", StringComparison.Ordinal);
    }
}
