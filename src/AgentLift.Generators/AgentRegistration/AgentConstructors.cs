using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>
/// The constructors through which a host makes an agent: the public ones that take its context, without those that are kept for callers of old. They are read
/// from the text where that says enough: asked for one constructor, the compiler declares every member of the class, again at each keystroke.
/// </summary>
internal static class AgentConstructors
{
    public static bool Exist(INamedTypeSymbol agent) => Declared(agent).Any(TakesContext) || agent.InstanceConstructors.Any(constructor =>
        constructor.DeclaredAccessibility == Accessibility.Public
        && constructor.Parameters.Any(parameter => parameter.Type.IsNamed(KnownNames.AgentContext))
        && !constructor.HasAttribute(KnownNames.CompatibilityConstructorAttribute));

    /// <summary>The types of the parameters, as the text names them.</summary>
    public static IEnumerable<SimpleNameSyntax> ParameterTypes(INamedTypeSymbol agent) => Declared(agent).Where(TakesContext).SelectMany(TypesOf);

    private static IEnumerable<ParameterListSyntax> Declared(INamedTypeSymbol agent)
    {
        foreach (var part in agent.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<ClassDeclarationSyntax>())
        {
            if (part.ParameterList is { } primary)
                yield return primary;
            foreach (var constructor in part.Members.OfType<ConstructorDeclarationSyntax>().Where(IsForHosts))
                yield return constructor.ParameterList;
        }
    }

    private static bool IsForHosts(ConstructorDeclarationSyntax constructor) =>
        constructor.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !constructor.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.Simple()?.Identifier.ValueText is "CompatibilityConstructor" or "CompatibilityConstructorAttribute");

    private static bool TakesContext(ParameterListSyntax parameters) => TypesOf(parameters).Any(type => type.Identifier.ValueText == "AgentContext");

    private static IEnumerable<SimpleNameSyntax> TypesOf(ParameterListSyntax parameters) => parameters.Parameters.Select(parameter => parameter.Type.Simple()).OfType<SimpleNameSyntax>();
}
