using AgentLift.Core.Discovery;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Reads a class into what is registered, or into what keeps it from being registered.</summary>
internal static class AgentReader
{
    /// <summary>What the text alone can tell: agents have a base class, and a part of them names it.</summary>
    public static bool CanBeAgent(SyntaxNode node) =>
        node is ClassDeclarationSyntax { BaseList: not null, TypeParameterList: null } type
        && !type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.AbstractKeyword) || modifier.IsKind(SyntaxKind.StaticKeyword));

    /// <returns><see langword="null"/> where the class is no agent, another part of it speaks for it, or another agent runs it.</returns>
    public static ReadAgent? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)context.Node, cancellationToken) is not { IsAbstract: false, IsGenericType: false } type
            || !AgentTypes.IsAgent(type)
            || !SpeaksFor(type, context.Node)
            || type.HasAttribute(KnownNames.RunByAttribute))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var place = SourcePlace.Of(((ClassDeclarationSyntax)context.Node).Identifier.GetLocation());
        var problems = new ProblemList(place);
        if (AgentVisibility.HiddenIn(type) is { } where)
            problems.Add(RuleIds.HiddenAgent, type.Name, where);
        else if (!AgentConstructors.Exist(type))
            problems.Add(RuleIds.UnconstructibleAgent, type.Name);
        if (!problems.IsEmpty)
            return new ReadAgent(null, null, problems.ToArray());

        var name = type.Attribute(KnownNames.AgentAttribute)?.ConstructorArguments.FirstOrDefault().Value as string ?? type.Name;
        var display = type.ToDisplayString(TypeNames.Full);
        var agent = new RegisteredAgent(
            CSharpNames.Of(type),
            display,
            name,
            AgentVisibility.IsPublic(type),
            AgentEndpoints.LineageOf(type),
            type.Attribute(KnownNames.ExperimentalAttribute)?.ConstructorArguments.FirstOrDefault().Value as string,
            AgentOptionsReader.Read(type, name, problems));
        return new ReadAgent(agent, new NamedAgent(name, display, type.Name, place), problems.ToArray());
    }

    // A class in several files names its base class in one of them, or in more: the first by path speaks, whatever the order of the files.
    private static bool SpeaksFor(INamedTypeSymbol type, SyntaxNode part) => type.DeclaringSyntaxReferences.Length == 1
        || type.DeclaringSyntaxReferences
            .OrderBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(reference => reference.Span.Start)
            .Select(reference => reference.GetSyntax())
            .First(CanBeAgent) == part;
}
