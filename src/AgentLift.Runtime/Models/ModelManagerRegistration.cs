namespace AgentLift.Runtime.Models;

/// <summary>One manager that the host is to make.</summary>
/// <param name="Name">The manager's name.</param>
/// <param name="Resolve">Finds or makes it.</param>
internal sealed record ModelManagerRegistration(string Name, Func<IServiceProvider, ModelManager> Resolve);
