using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>What names in a file mean: known until something changes that the file can reach, which is longer than a solution lives.</summary>
internal sealed class FileMeanings
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileMeanings> Known = new();

    private readonly FileReach reach;
    private readonly ConcurrentDictionary<string, ImmutableArray<Meaning>> meanings = new(StringComparer.Ordinal);

    private FileMeanings(FileReach reach) => this.reach = reach;

    /// <summary>Those of a file in some code.</summary>
    public static FileMeanings Of(SyntaxTree tree, FileGraph graph)
    {
        var reach = graph.ReachOf(tree);
        lock (Known)
        {
            if (Known.TryGetValue(tree, out var known) && known.reach.IsSame(reach))
                return known;
            Known.Remove(tree);
            Known.Add(tree, known = new FileMeanings(reach));
            return known;
        }
    }

    /// <summary>What some names mean, found out when first asked for.</summary>
    /// <param name="what">Which names, in a word.</param>
    /// <param name="find">Finds out.</param>
    public ImmutableArray<Meaning> Get(string what, Func<IEnumerable<Meaning>> find) => meanings.GetOrAdd(what, _ => [.. find().Distinct()]);
}

/// <summary>A use of a member.</summary>
/// <param name="Type">The type that the member may be of, fully named.</param>
/// <param name="IsInside">Whether the use stands within that type.</param>
internal readonly record struct Meaning(string Type, bool IsInside);
