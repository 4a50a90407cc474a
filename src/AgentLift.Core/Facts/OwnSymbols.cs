using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Facts;

/// <summary>Tells what a project declares itself. What others declare may be at hand as source in one host and as metadata in the next, and must mean the same in both.</summary>
internal static class OwnSymbols
{
    public static bool Declares(this Compilation compilation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);
}
