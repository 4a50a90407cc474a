using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>An endpoint that a class gives a name in its text.</summary>
/// <param name="Class">The metadata name of the class around the call.</param>
/// <param name="Name">The endpoint's name.</param>
internal sealed record AgentEndpoint(string Class, string Name);

/// <summary>
/// Finds the endpoints of agents by the text alone: binding the body of every agent at each keystroke would cost more than they are worth. A call of a listen
/// method is BaseAgent's own, unless a class of the lineage has a method of that name.
/// </summary>
internal static class AgentEndpoints
{
    private static readonly HashSet<string> ListenMethods =
        ["ListenLines", "ListenFrames", "ListenMessages", "ListenHttp", "ListenDatagrams", "ListenConnections"];

    /// <summary>The node is a call such as <c>ListenLines("requests", ...)</c>.</summary>
    public static bool CanBeEndpoint(SyntaxNode node) => node is InvocationExpressionSyntax call && Method(call) is { } method && ListenMethods.Contains(method) && NameIn(call) is not null;

    /// <returns><see langword="null"/> where the call stands in no class.</returns>
    public static AgentEndpoint? Read(SyntaxNode node) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && NameIn((InvocationExpressionSyntax)node) is { } name
            ? new AgentEndpoint(MetadataNameOf(type), name)
            : null;

    /// <summary>The classes whose endpoints are an agent's own.</summary>
    public static EquatableArray<string> LineageOf(INamedTypeSymbol agent)
    {
        var lineage = AgentTypes.LineageOf(agent).ToList();
        return lineage.Any(type => type.MemberNames.Any(ListenMethods.Contains))
            ? default
            : new([.. lineage.Where(type => !type.DeclaringSyntaxReferences.IsEmpty).Select(type => PartialClass.MetadataNameOf(type.OriginalDefinition))]);
    }

    private static string? Method(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax, Name: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => null,
    };

    private static string? NameIn(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault() is { NameColon: null or { Name.Identifier.ValueText: "name" }, Expression: LiteralExpressionSyntax literal } && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal.Token.ValueText
            : null;

    private static string MetadataNameOf(TypeDeclarationSyntax type)
    {
        var name = type.TypeParameterList is { Parameters.Count: var arity } ? $"{type.Identifier.ValueText}`{arity}" : type.Identifier.ValueText;
        return type.Parent switch
        {
            TypeDeclarationSyntax outer => $"{MetadataNameOf(outer)}+{name}",
            BaseNamespaceDeclarationSyntax => string.Join(".", type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(part => NameOf(part.Name)).Append(name)),
            _ => name,
        };
    }

    private static string NameOf(NameSyntax name) => string.Join(".", name.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(part => part.Identifier.ValueText));
}
