using AgentLift.Core.Manifest;

namespace AgentLift.Core.Discovery;

/// <summary>Why a class counts as an agent.</summary>
public enum AgentOrigin
{
    /// <summary>It owns long-running behaviour.</summary>
    Behaviour = 0,

    /// <summary>It derives from BaseAgent.</summary>
    BaseType = 1,

    /// <summary>It is marked <c>[Agent]</c>.</summary>
    Attribute = 2,

    /// <summary>A fleet manifest or the configuration names it.</summary>
    Manifest = 3,
}

/// <summary>An agent's name and why its class counts as one.</summary>
/// <param name="Name">From the manifest or the attribute, else the name of the class.</param>
/// <param name="Origin">Why it counts.</param>
/// <param name="Reason">A short phrase for people, such as "starts a thread, listens on a socket".</param>
/// <param name="ManifestEntry">The entry of the fleet manifest, if one names it.</param>
public sealed record AgentIdentity(string Name, AgentOrigin Origin, string Reason, ManifestAgent? ManifestEntry);
