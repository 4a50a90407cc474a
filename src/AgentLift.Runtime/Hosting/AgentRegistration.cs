namespace AgentLift.Runtime.Hosting;

/// <summary>One agent that the host is to run.</summary>
/// <param name="Name">The agent's name.</param>
/// <param name="Resolve">Finds or makes it.</param>
internal sealed record AgentRegistration(string Name, Func<IServiceProvider, BaseAgent> Resolve);
