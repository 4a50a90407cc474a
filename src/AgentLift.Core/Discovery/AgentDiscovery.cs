using AgentLift.Core.Facts;
using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Decides whether a class is an agent, and why (SPEC section 1).</summary>
internal static class AgentDiscovery
{
    /// <summary>What the declaration alone can rule out, so that its members need no look.</summary>
    public static bool CanBeAgent(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsImplicitlyDeclared: false, IsImplicitClass: false, IsScriptClass: false } && !IsAttributeOrException(type);

    public static AgentIdentity? Identify(TypeFacts facts, AgentSettings settings, FleetManifest manifest)
    {
        var type = facts.Type;
        if (NamePattern.MatchesAny(settings.ExcludedTypes, type))
            return null;

        var entry = manifest.Find(type.ToDisplayString(TypeNames.Full), type.Name, file => IsDeclaredIn(type, file));
        if (entry is not null)
            return new AgentIdentity(entry.Name, AgentOrigin.Manifest, "named in " + Path.GetFileName(manifest.Path), entry);
        if (NamePattern.MatchesAny(settings.AgentTypes, type))
            return new AgentIdentity(type.Name, AgentOrigin.Manifest, "named in agentlift.agent_types", null);
        if (type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute") is { } marker)
            return new AgentIdentity(NameIn(marker) ?? type.Name, AgentOrigin.Attribute, "marked [Agent]", null);
        if (type.IsAbstract && !type.IsStatic)
            return null;

        var work = FindWork(facts);
        if (BaseAgents.Find(type, settings) is { } baseAgent && (BaseAgents.IsRuntime(baseAgent) || work is { Strong.Count: > 0 } or { Weak.Count: > 0 }))
            return new AgentIdentity(type.Name, AgentOrigin.BaseType, "derives from " + baseAgent.Name, null);
        return settings.DetectByBehaviour ? ByBehaviour(facts, settings, work) : null;
    }

    private static LongRunningWork? FindWork(TypeFacts facts) =>
        LongRunningWork.IsPossible(facts) ? LongRunningWork.Find(facts) : null;

    private static AgentIdentity? ByBehaviour(TypeFacts facts, AgentSettings settings, LongRunningWork? work)
    {
        if (work is null)
            return null;
        var hasSuffix = settings.AgentSuffixes.Any(suffix => facts.Type.Name.EndsWith(suffix, StringComparison.Ordinal));
        if (work.Strong.Count == 0 && (work.Weak.Count == 0 || (work.Weak.Count == 1 && !hasSuffix)))
            return null;
        if (IsRuntimeItself(facts.Type) || facts.Knowledge.IsTestProject || TestCode.Contains(facts.Type) || IsPrivatePart(facts.Type) || HostedElsewhere.Contains(facts.Type) || LibraryAbstraction.Looks(facts, hasSuffix))
            return null;
        return new AgentIdentity(facts.Type.Name, AgentOrigin.Behaviour, string.Join(", ", work.Strong.Concat(work.Weak).Distinct()), null);
    }

    // Its loops run the agents; they are none.
    private static bool IsRuntimeItself(INamedTypeSymbol type) => type.ContainingAssembly.Name == "AgentLift.Runtime";

    private static bool IsPrivatePart(INamedTypeSymbol type) =>
        type.ContainingType is not null && type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;

    private static bool IsDeclaredIn(INamedTypeSymbol type, string file)
    {
        var wanted = "/" + file.Replace('\\', '/').TrimStart('.', '/');
        return type.ContainingType is null
            && type.DeclaringSyntaxReferences.Any(part => ("/" + part.SyntaxTree.FilePath.Replace('\\', '/')).EndsWith(wanted, StringComparison.OrdinalIgnoreCase));
    }

    private static string? NameIn(AttributeData marker) =>
        marker.ConstructorArguments.Select(argument => argument.Value).Concat(
                marker.NamedArguments.Where(argument => argument.Key == "Name").Select(argument => argument.Value.Value))
            .OfType<string>()
            .FirstOrDefault(name => name.Length > 0);

    private static bool IsAttributeOrException(INamedTypeSymbol type) =>
        type.BaseType is { Name: "Attribute" or "Exception", ContainingNamespace.Name: "System" };
}
