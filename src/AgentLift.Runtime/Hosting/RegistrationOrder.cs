namespace AgentLift.Runtime.Hosting;

/// <summary>Says that agents start in the order in which they were registered.</summary>
internal sealed class RegistrationOrder;
