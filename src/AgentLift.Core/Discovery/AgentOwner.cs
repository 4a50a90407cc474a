using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Recognises the BaseAgent that runs an agent which does not derive from one itself.</summary>
internal static class AgentOwner
{
    /// <summary>The class that the agent's <c>[RunBy]</c> names, where that derives from a base class of lifted agents.</summary>
    public static INamedTypeSymbol? Find(INamedTypeSymbol type, AgentSettings settings) =>
        type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "RunByAttribute") is { ConstructorArguments: { Length: 1 } arguments }
        && arguments[0].Value is INamedTypeSymbol host && BaseAgents.Find(host, settings) is not null
            ? host
            : null;
}
