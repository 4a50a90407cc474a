using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Recognises the base class of lifted agents.</summary>
internal static class BaseAgents
{
    /// <summary>The base class of a type that is a BaseAgent by name, if any.</summary>
    public static INamedTypeSymbol? Find(INamedTypeSymbol type, AgentSettings settings)
    {
        for (var current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (NamePattern.MatchesAny(settings.BaseTypes, current))
                return current;
        }

        return null;
    }

    /// <summary>It runs its agents, rather than only bearing the name: from AgentLift, hosted, or with BaseAgent's members.</summary>
    public static bool IsRuntime(INamedTypeSymbol baseAgent) =>
        baseAgent.ContainingNamespace?.ToDisplayString().StartsWith("AgentLift", StringComparison.Ordinal) == true
        || baseAgent.AllInterfaces.Any(contract => contract.Name is "IHostedService" or "IHostedLifecycleService")
        || baseAgent.GetMembers("RunSupervised").Length + baseAgent.GetMembers("OnStartingAsync").Length > 0;
}
