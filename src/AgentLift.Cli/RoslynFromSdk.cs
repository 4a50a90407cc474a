using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Build.Locator;

namespace AgentLift.Cli;

/// <summary>
/// Lets Roslyn come from the installed SDK, so that the tool reads every language version and solution format that the SDK's
/// compiler reads; where the SDK has none that fits, from the copy that lies in <c>roslyn/</c> beside the tool.
/// </summary>
internal static class RoslynFromSdk
{
    /// <summary>The environment variable that forces one of the two: <c>sdk</c> or <c>bundled</c>.</summary>
    public const string Variable = "AGENTLIFT_ROSLYN";

    private static readonly Version Oldest = new(4, 14);

    private static readonly string[] Needed =
    [
        "Microsoft.CodeAnalysis.dll",
        "Microsoft.CodeAnalysis.CSharp.dll",
        "Microsoft.CodeAnalysis.Workspaces.dll",
        "Microsoft.CodeAnalysis.CSharp.Workspaces.dll",
        "Microsoft.CodeAnalysis.Workspaces.MSBuild.dll",
        Path.Combine("BuildHost-netcore", "Microsoft.CodeAnalysis.Workspaces.MSBuild.BuildHost.dll"),
    ];

    /// <summary>The folder that Roslyn is loaded from.</summary>
    public static string Folder { get; private set; } = string.Empty;

    private static string Bundled => Path.Combine(AppContext.BaseDirectory, "roslyn");

    /// <summary>Chooses the folder and installs the handler that loads from it.</summary>
    /// <returns>What is wrong and what to do, or <see langword="null"/>.</returns>
    public static string? Install()
    {
        var wanted = Environment.GetEnvironmentVariable(Variable);
        if (wanted is not (null or "" or "sdk" or "bundled"))
            return $"{Variable} is '{wanted}'; set it to sdk or bundled, or unset it";

        var sdk = wanted == "bundled" ? null : FolderOfSdk();
        if (sdk is null && wanted == "sdk")
            return $"no installed SDK brings Roslyn {Oldest} or newer; install the .NET SDK, or unset {Variable}";

        Folder = sdk ?? Bundled;
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            Path.Combine(Folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(Precompiled(file)) : null;
        return null;
    }

    // The SDK has its compiler twice: as code for the machine in Roslyn/bincore, and beside dotnet-format as plain IL, which each run would compile anew.
    private static string Precompiled(string file)
    {
        var compiler = Path.GetFullPath(Path.Combine(Folder, "..", "..", "Roslyn", "bincore", Path.GetFileName(file)));
        return File.Exists(compiler) && FileVersionInfo.GetVersionInfo(compiler).ProductVersion == FileVersionInfo.GetVersionInfo(file).ProductVersion ? compiler : file;
    }

    private static string? FolderOfSdk()
    {
        try
        {
            return MSBuildLocator.QueryVisualStudioInstances()
                .Select(instance => Path.Combine(instance.MSBuildPath, "DotnetTools", "dotnet-format"))
                .FirstOrDefault(IsUsable);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or DllNotFoundException)
        {
            // A global.json that asks for an SDK that is not there, or no SDK at all.
            return null;
        }
    }

    private static bool IsUsable(string folder) =>
        Needed.All(file => File.Exists(Path.Combine(folder, file)))
        && AssemblyName.GetAssemblyName(Path.Combine(folder, Needed[0])).Version >= Oldest;
}
