using System.Runtime.InteropServices;

namespace AgentLift.Migration.Loading;

/// <summary>The installation of .NET that this process runs on.</summary>
internal static class DotnetHost
{
    /// <summary>The folder with <c>shared</c>, <c>packs</c> and <c>sdk</c>.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The <c>dotnet</c> command: the one that started this process, else the one beside the runtime, else the one on the path.</summary>
    public static string Command
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            var beside = Path.Combine(Root, name);
            return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host
                : File.Exists(beside) ? beside
                : name;
        }
    }
}
