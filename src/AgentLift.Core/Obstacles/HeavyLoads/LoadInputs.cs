using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>What a load needs of what stands around it.</summary>
internal sealed class LoadInputs
{
    /// <summary>It reads or calls something of the instance.</summary>
    public bool NeedsAgent { get; set; }

    /// <summary>Parameters and locals that it reads, with a place where it does.</summary>
    public Dictionary<ISymbol, SimpleNameSyntax> Outer { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The fields that hold the value of a parameter or local.</summary>
    public Dictionary<ISymbol, string> Kept { get; } = new(SymbolEqualityComparer.Default);
}
