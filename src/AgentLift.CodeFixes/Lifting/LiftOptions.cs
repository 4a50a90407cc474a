using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What a lift is asked for.</summary>
/// <param name="Wanted">Which classes to lift; asked of each class that may be an agent.</param>
public sealed record LiftOptions(Func<INamedTypeSymbol, bool> Wanted)
{
    /// <summary>All agents, safe rewrites only.</summary>
    public static LiftOptions Everything { get; } = new(_ => true);

    /// <summary>The one project to look in; <see langword="null"/> for all.</summary>
    public ProjectId? OnlyProject { get; init; }

    /// <summary>The scope of a lift of the same agents before this one, which knows them already.</summary>
    internal LiftScope? Scope { get; init; }

    /// <summary>What was read of the agents when the code was assessed; <see langword="null"/> where that is of other code, or nobody kept it.</summary>
    internal AgentReadings? Readings { get; init; }

    /// <summary>Runs the source generators on lifted code, where the workspace does not; <see langword="null"/> where it does.</summary>
    internal Func<Solution, CancellationToken, Task<Solution>>? RunGenerators { get; init; }

    /// <summary>Also rewrites that need a person's eye afterwards.</summary>
    public bool IncludeAssisted { get; init; }
}
