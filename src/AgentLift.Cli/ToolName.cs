using System.Reflection;

namespace AgentLift.Cli;

/// <summary>What the tool calls itself in reports.</summary>
internal static class ToolName
{
    /// <summary>Such as <c>agentlift 0.1.0</c>, without the commit that the build appends.</summary>
    public static string NameAndVersion { get; } = "agentlift " + VersionOf(typeof(ToolName).Assembly);

    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
