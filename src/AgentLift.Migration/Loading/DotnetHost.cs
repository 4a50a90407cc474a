using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentLift.Migration.Loading;

/// <summary>The installation of .NET that this process runs on.</summary>
internal static class DotnetHost
{
    private static readonly string[] InheritedVariables =
        ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

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

    /// <summary>Keeps from a child what an MSBuild that is running already would hand down, and its build nodes from outliving it.</summary>
    public static void ClearInherited(ProcessStartInfo start)
    {
        foreach (var variable in InheritedVariables)
            start.Environment.Remove(variable);
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
    }
}
