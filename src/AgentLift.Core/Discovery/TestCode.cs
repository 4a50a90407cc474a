using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Recognises the helpers of tests by their namespace, where the project itself does not give them away: they reference no test framework.</summary>
internal static class TestCode
{
    public static bool Contains(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name is "Test" or "UnitTest" or "IntegrationTest" || space.Name.EndsWith("Tests", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
