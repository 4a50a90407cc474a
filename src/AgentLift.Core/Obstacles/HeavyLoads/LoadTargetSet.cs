using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>The fields and properties of an agent that are to be lazy.</summary>
internal sealed class LoadTargetSet
{
    private readonly Dictionary<ISymbol, LoadTarget> targets = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> taken = new(SymbolEqualityComparer.Default);

    /// <summary>The targets in the order in which they are declared.</summary>
    public IEnumerable<LoadTarget> InOrder => targets.Values
        .OrderBy(target => target.Member.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(target => target.Member.Locations[0].SourceSpan.Start);

    public bool Contains(ISymbol member) => targets.ContainsKey(member);

    /// <summary>The member is set by the load of another one.</summary>
    public bool IsTaken(ISymbol member) => taken.Contains(member);

    public LoadTarget? Of(ISymbol member) => targets.TryGetValue(member, out var target) ? target : null;

    public void Add(LoadTarget target) => targets[target.Member] = target;

    /// <summary>The member is no target of its own, as the load of another one sets it.</summary>
    public void Take(ISymbol member)
    {
        targets.Remove(member);
        taken.Add(member);
    }

    /// <summary>Removes a load with all that is made from it.</summary>
    public void RemoveAllFrom(LoadTarget root)
    {
        foreach (var member in targets.Values.Where(target => target.Root == root).Select(target => target.Member).ToList())
            targets.Remove(member);
    }
}
