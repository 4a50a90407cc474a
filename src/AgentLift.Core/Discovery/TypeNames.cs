using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>How types and members are written for people.</summary>
public static class TypeNames
{
    /// <summary>Namespace, containing types and name, without <c>global::</c>: <c>Fleet.Models.ModelManagerAgent</c>.</summary>
    public static SymbolDisplayFormat Full { get; } = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <summary>The words of a camel-case or Pascal-case name, in lower case: <c>_gpuMemoryMb</c> gives gpu, memory, mb.</summary>
    public static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length
                || !char.IsLetterOrDigit(name[i])
                || (i > start && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if (!ends)
                continue;
            if (i > start)
                yield return name.Substring(start, i - start).ToLowerInvariant();
            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }
    }

    /// <summary>Whether one of the words of a name, or its plural, is in the set.</summary>
    public static bool HasWord(string name, params string[] words) =>
        Words(name).Any(word => words.Contains(word) || (word.EndsWith("s", StringComparison.Ordinal) && words.Contains(word.Substring(0, word.Length - 1))));
}
