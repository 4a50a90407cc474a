using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>A call that asks for the agents of an assembly.</summary>
/// <param name="Method">The method's name, such as <c>AddAgents</c>.</param>
/// <param name="IsTaken">Whether it means a method that somebody else has written.</param>
internal sealed record RegistrationCall(string Method, bool IsTaken)
{
    /// <summary>The name of the method that every assembly of agents has for itself.</summary>
    public const string AddAgents = "AddAgents";

    /// <summary>The node is a call such as <c>builder.AddAgents()</c> or <c>builder.AddFleetAgents()</c>.</summary>
    public static bool CanBe(SyntaxNode node) =>
        node is InvocationExpressionSyntax call && NameIn(call) is { } name && name.StartsWith("Add", StringComparison.Ordinal) && name.EndsWith("Agents", StringComparison.Ordinal);

    public static RegistrationCall Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var name = NameIn((InvocationExpressionSyntax)context.Node)!;
        return new RegistrationCall(name, name == AddAgents && IsOfSomebodyElse(context.SemanticModel.GetSymbolInfo(context.Node, cancellationToken).Symbol));
    }

    // What is generated is not there yet when this is asked: a call that means an extension of the builder already must go on to mean it.
    // Those of a friend assembly are generated too, and name no agent of this one: there the compiler asks which is meant.
    private static bool IsOfSomebodyElse(ISymbol? symbol) =>
        symbol is IMethodSymbol { ReducedFrom: { } declared }
        && (declared.Parameters[0].Type is ITypeParameterSymbol || declared.Parameters[0].Type.IsNamed(KnownNames.HostApplicationBuilder))
        && !(declared.ContainingType.Name.EndsWith(RegistrationNames.ClassSuffix, StringComparison.Ordinal) && declared.ContainingNamespace.ToDisplayString() == RegistrationNames.Namespace);

    private static string? NameIn(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } => name.Identifier.ValueText,
        MemberBindingExpressionSyntax { Name: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => null,
    };
}
