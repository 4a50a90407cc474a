using System.Collections.Immutable;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What a stage did to one agent.</summary>
/// <param name="Agent">The agent's class, fully named.</param>
/// <param name="Changed">Whether anything was written.</param>
/// <param name="Obstacles">The places left as they are, and why.</param>
public sealed record LiftedAgent(string Agent, bool Changed, ImmutableArray<Obstacle> Obstacles)
{
    /// <summary>The stage that the agent's marker claims afterwards.</summary>
    public MigrationStage Stage { get; init; }

    /// <summary>How far the agent has come: the stage that its code shows, and no more than its marker claims.</summary>
    public MigrationStage Reached { get; init; }

    /// <summary>The files that hold parts of the agent, by path.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The files that were changed for this agent, its own and those of callers, by path.</summary>
    public ImmutableArray<string> Edited { get; init; } = [];

    /// <summary>Settings that it no longer reads for itself, to be written into the appsettings.json of the programs that run it.</summary>
    public ImmutableArray<LiftedSetting> Settings { get; init; } = [];

    /// <summary>What is found in the agent before the stage.</summary>
    public ImmutableArray<SettledEvidence> Before { get; init; } = [];

    /// <summary>What is still found in the agent after the stage.</summary>
    public ImmutableArray<SettledEvidence> After { get; init; } = [];
}

/// <summary>A solution after a stage.</summary>
/// <param name="Solution">The edited solution; not compiled yet.</param>
/// <param name="Agents">What happened to each agent, by name.</param>
public sealed record LiftedSolution(Solution Solution, ImmutableArray<LiftedAgent> Agents)
{
    /// <summary>The agents as the lift knows them, to be read in the code as it is now.</summary>
    internal LiftScope Scope { get; init; } = new(LiftOptions.Everything);
}
