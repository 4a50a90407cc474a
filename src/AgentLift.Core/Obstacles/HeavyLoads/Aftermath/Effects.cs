using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>What a piece of code does to what the agent holds, not counting what it calls.</summary>
internal sealed class Effects
{
    /// <summary>Fields and properties that it may change, or that hold what it may change; methods that hand out what it changes.</summary>
    public HashSet<ISymbol> Written { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Fields and properties that it reads, and functions that it calls.</summary>
    public HashSet<ISymbol> Read { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Fields that it takes a lock on.</summary>
    public HashSet<ISymbol> Locked { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The functions that it calls while it runs, of the agent and of the types within it.</summary>
    public HashSet<IMethodSymbol> Calls { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Functions that it hands on, or calls in one that runs later.</summary>
    public HashSet<IMethodSymbol> Later { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>It calls a function that it was given, of which nothing is known.</summary>
    public bool CallsOut { get; set; }

    /// <summary>
    /// It cannot run at another time: part of it cannot be read, it waits, takes a lock that others may hold, hands the agent or a function on, or calls what another
    /// class may define or what does not end when it returns.
    /// </summary>
    public bool MustStay { get; set; }

    /// <summary>Something of what another piece of code changes is seen or changed here, or something changed that it reads.</summary>
    public ISymbol? ClashWith(Effects other) =>
        Written.FirstOrDefault(member => other.Written.Contains(member) || other.Read.Contains(member)) ?? Read.FirstOrDefault(other.Written.Contains);

    public void Add(Effects other)
    {
        Written.UnionWith(other.Written);
        Read.UnionWith(other.Read);
        Locked.UnionWith(other.Locked);
        Calls.UnionWith(other.Calls);
        Later.UnionWith(other.Later);
        CallsOut |= other.CallsOut;
        MustStay |= other.MustStay;
    }
}
