using System.Collections.Immutable;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>All that is written for an assembly of agents.</summary>
/// <param name="Assembly">The name of the assembly.</param>
/// <param name="IsPublic">Whether hosts in other assemblies can register its agents.</param>
/// <param name="IsExtension">Whether <c>AddAgents</c> is an extension; not where that would change what a call means.</param>
/// <param name="Agents">The agents, by name.</param>
internal sealed record Registration(string Assembly, bool IsPublic, bool IsExtension, EquatableArray<FleetAgent> Agents)
{
    /// <summary>The registration of an assembly, the same whatever the order of its files; none where there is nothing to register, or nothing to register it with.</summary>
    public static ImmutableArray<Registration> Of(
        ImmutableArray<RegisteredAgent> agents, ImmutableArray<AgentEndpoint> endpoints, ImmutableArray<RegistrationCall> calls, RegistrationProject project)
    {
        if (agents.IsEmpty || !project.CanRegister)
            return [];
        var endpointsByClass = endpoints.ToLookup(endpoint => endpoint.Class, endpoint => endpoint.Name);
        return
        [
            new Registration(
                project.Assembly,
                IsPublic: !project.IsProgram && agents.Any(agent => agent.IsPublic),
                IsExtension: !calls.Any(call => call.IsTaken),
                new(
                [
                    .. agents
                        .OrderBy(agent => agent.Name, StringComparer.Ordinal)
                        .ThenBy(agent => agent.TypeName, StringComparer.Ordinal)
                        .Select(agent => new FleetAgent(agent, EndpointsOf(agent))),
                ])),
        ];

        EquatableArray<string> EndpointsOf(RegisteredAgent agent) =>
            new([.. agent.Lineage.SelectMany(type => endpointsByClass[type]).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.Ordinal)]);
    }
}

/// <summary>An agent with the endpoints that its code names.</summary>
internal sealed record FleetAgent(RegisteredAgent Agent, EquatableArray<string> Endpoints);
