namespace AgentLift.Runtime.Tests.Discovery;

/// <summary>Makes instances.</summary>
internal static class Instances
{
    public static AgentInstance Of(string agent, string id, string address = "10.0.0.5:5611") =>
        new() { Agent = agent, Id = id, Endpoints = new Dictionary<string, string> { ["requests"] = address } };

    public static async Task<string[]> IdsAsync(this IAgentDirectory directory, string agent) =>
        [.. (await directory.FindAsync(agent, default)).Select(instance => instance.Id)];
}
