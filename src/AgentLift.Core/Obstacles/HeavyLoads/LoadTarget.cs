using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>A field or property that is filled before the agent is of use.</summary>
/// <param name="Member">The field or property.</param>
/// <param name="Loads">What is loaded into it; empty for one that is only made from another target.</param>
/// <param name="From">The target that it is made from; <see langword="null"/> for a load of its own.</param>
internal sealed record LoadTarget(ISymbol Member, List<SyntaxNode> Loads, LoadTarget? From)
{
    public ITypeSymbol Type => Member is IFieldSymbol kept ? kept.Type : ((IPropertySymbol)Member).Type;

    /// <summary>The load that all of this comes from.</summary>
    public LoadTarget Root => From?.Root ?? this;
}
