using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>Knows the classes that manage models.</summary>
internal static class ModelManagers
{
    public static bool IsManager(ITypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModelManagerAttribute");
}
