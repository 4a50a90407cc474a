using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.References;

/// <summary>Loads generators from where they lie, beside what they need.</summary>
internal sealed class LoadFrom : IAnalyzerAssemblyLoader
{
    public void AddDependencyLocation(string fullPath)
    {
        // The loader finds what lies beside an assembly by itself.
    }

    public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
}
