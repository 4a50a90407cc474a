using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Endpoints;

/// <summary>Where endpoints stand in an agent's code, and whether its settings can be asked there.</summary>
internal static class EndpointPlace
{
    private static readonly string[] Plain = ["IPEndPoint", "DnsEndPoint", "Uri", "IPAddress", "List", "HashSet", "Dictionary", "KeyValuePair"];

    /// <summary>Why a call cannot ask for its endpoint; <see langword="null"/> where nothing about its place is against it.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="call">The call.</param>
    /// <param name="isOnRuntime">The agent derives from BaseAgent, so that it has the constructors that it will have.</param>
    public static string? Obstacle(NamedSource source, ExpressionSyntax call, bool isOnRuntime)
    {
        if (HasAgent(source, call) || MovableAround(source, call, isOnRuntime) is not null)
            return null;
        return $"it stands where there is no agent to ask for its settings: {(NamedSource.MemberAround(call) is MethodDeclarationSyntax method ? method.Identifier.ValueText + " is static" : "an initialiser runs before there is one")}";
    }

    /// <summary>Whether code at a place has the agent, so that it can ask for its settings.</summary>
    public static bool HasAgent(NamedSource source, SyntaxNode place)
    {
        if (place.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is not null || place.FirstAncestorOrSelf<PrimaryConstructorBaseTypeSyntax>() is not null || place.FirstAncestorOrSelf<AttributeSyntax>() is not null || place.FirstAncestorOrSelf<ParameterListSyntax>() is not null)
            return false;
        if (place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || !source.Parts.Contains(type) || NamedSource.MemberAround(place) is FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null })
            return false;
        for (var around = source.ModelOf(place).GetEnclosingSymbol(place.SpanStart); around is not (null or INamedTypeSymbol); around = around.ContainingSymbol)
        {
            if (around.IsStatic)
                return false;
        }

        return true;
    }

    /// <summary>The constructors that the initialiser around a place could move to; <see langword="null"/> where it could not.</summary>
    public static (VariableDeclaratorSyntax Variable, IReadOnlyList<ConstructorDeclarationSyntax> Constructors)? MovableAround(NamedSource source, SyntaxNode place, bool isOnRuntime)
    {
        if (NamedSource.MemberAround(place) is not FieldDeclarationSyntax { Declaration.Variables: [{ Initializer.Value: var value } variable] } field || field.Parent is not TypeDeclarationSyntax type || !source.Parts.Contains(type)
            || source.Declared(variable) is not IFieldSymbol { IsStatic: false, IsConst: false } || source.Parts.Any(part => part.ParameterList is not null))
        {
            return null;
        }

        // What it makes must not care when: addresses, and collections of them.
        var isPlain = value.DescendantNodesAndSelf().All(node => node is not (AnonymousFunctionExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax)
            && (node is not BaseObjectCreationExpressionSyntax made || source.TypeOf(made) is { } kind && Plain.Contains(kind.Name))
            && (node is not InvocationExpressionSyntax call || source.SymbolOf(call) is IMethodSymbol { Name: "Parse", IsStatic: true }));
        var constructors = source.Parts.SelectMany(part => part.Members).OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword) && constructor.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) != true).ToList();
        return isPlain && (constructors.Count > 0 || !isOnRuntime) && constructors.TrueForAll(constructor => constructor.Body is not null) ? (variable, constructors) : null;
    }
}
