using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Matches type names given in configuration: simple or full, with a trailing <c>*</c> for any ending.</summary>
internal static class NamePattern
{
    public static bool MatchesAny(ImmutableArray<string> patterns, INamedTypeSymbol type)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, type.Name) || Matches(pattern, type.ToDisplayString(TypeNames.Full)))
                return true;
        }

        return false;
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith("*", StringComparison.Ordinal)
            ? name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal)
            : name == pattern;
}
