using System.Globalization;
using System.Runtime.InteropServices;

namespace AgentLift.Cli.Commands;

/// <summary>The machine that the tool runs on, as far as others may know it.</summary>
internal static class Machine
{
    /// <summary>Operating system, architecture and number of processors; no name.</summary>
    public static string Description => string.Create(
        CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} processors");
}
