using System.Reflection;

namespace AgentLift.Testing;

/// <summary>Where the build found things.</summary>
public static class Repository
{
    /// <summary>The root folder of the repository.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the .NET reference assemblies.</summary>
    public static string ReferenceAssemblies { get; } = Metadata("ReferenceAssemblies");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
