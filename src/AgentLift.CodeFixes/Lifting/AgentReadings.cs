using System.Collections.Concurrent;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What an assessment has read of the agents of a solution, so that the lift of the same code need not read it again. Safe from any thread.</summary>
/// <param name="solution">The code that was assessed.</param>
internal sealed class AgentReadings(Solution solution)
{
    private readonly ConcurrentDictionary<Compilation, Dictionary<INamedTypeSymbol, (AgentFindings Findings, TypeFacts Facts)>> read = new();

    /// <summary>The code that was assessed.</summary>
    public Solution Solution { get; } = solution;

    /// <summary>Keeps the agents of a compilation, all of them.</summary>
    public void Add(Compilation compilation, IEnumerable<(AgentAssessment Assessment, TypeFacts Facts)> agents)
    {
        var known = new Dictionary<INamedTypeSymbol, (AgentFindings, TypeFacts)>(SymbolEqualityComparer.Default);
        foreach (var (assessment, facts) in agents)
            known[assessment.Type] = (new AgentFindings(assessment.Type, assessment.Evidence), facts);
        read[compilation] = known;
    }

    /// <summary>Hands over the agents of a compilation, once, so that they live no longer than who asked.</summary>
    /// <returns>How to ask for one: a type that is no agent has nothing. <see langword="null"/> where this compilation was not assessed.</returns>
    public Func<INamedTypeSymbol, (AgentFindings Findings, TypeFacts Facts)?>? Take(Compilation compilation) =>
        read.TryRemove(compilation, out var known) ? type => known.TryGetValue(type, out var reading) ? reading : null : null;
}
