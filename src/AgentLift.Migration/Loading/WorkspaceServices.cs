using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.MSBuild;

namespace AgentLift.Migration.Loading;

/// <summary>What workspaces are made of, put together once. What editors offer besides is left out: it is most of what there is, and takes half a second.</summary>
internal static class WorkspaceServices
{
    /// <summary>The services of C# and Visual Basic, and those that read projects by MSBuild.</summary>
    public static HostServices All { get; } = MefHostServices.Create(
        MefHostServices.DefaultAssemblies.Where(assembly => assembly.GetName().Name?.EndsWith(".Features", StringComparison.Ordinal) != true).Append(typeof(MSBuildWorkspace).Assembly));
}
