using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>One step of a stage: all that it writes stands on the same code, and the next pass sees what it made.</summary>
internal interface ILiftPass
{
    /// <summary>Rewrites the agents in scope, or what stands around them.</summary>
    Task<PassResult> ApplyAsync(Solution solution, LiftScope scope, CancellationToken cancellationToken);
}

/// <summary>A solution after a pass.</summary>
/// <param name="Solution">The edited solution.</param>
/// <param name="Agents">What the pass did to each agent that it looked at.</param>
internal sealed record PassResult(Solution Solution, ImmutableArray<PassedAgent> Agents);

/// <summary>What a pass did to one agent. It holds nothing of the code that the pass saw.</summary>
internal sealed record PassedAgent(AgentKey Agent, bool Changed, ImmutableArray<Obstacle> Obstacles)
{
    /// <summary>The files that were changed for this agent alone, by path.</summary>
    public ImmutableArray<string> Edited { get; init; } = [];

    /// <summary>Settings that the agent no longer reads for itself.</summary>
    public ImmutableArray<LiftedSetting> Settings { get; init; } = [];
}
