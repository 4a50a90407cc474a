using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What an agent is known by while its code changes.</summary>
/// <param name="Project">The project that it is in.</param>
/// <param name="Name">Its metadata name.</param>
internal readonly record struct AgentKey(ProjectId Project, string Name)
{
    public static AgentKey Of(Project project, INamedTypeSymbol type) => new(project.Id, MetadataNameOf(type));

    private static string MetadataNameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? MetadataNameOf(outer) + "+" + type.MetadataName
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName : type.MetadataName;
}
