namespace AgentLift.Runtime;

/// <summary>Marks how far a migration has lifted an agent. Analyzers report a marker that the code contradicts (AGL0006).</summary>
/// <param name="stage">The stage reached.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LiftedAgentAttribute(MigrationStage stage) : Attribute
{
    /// <summary>The stage reached.</summary>
    public MigrationStage Stage { get; } = stage;

    /// <summary>Version of the tool that lifted the agent, such as <c>0.1.0</c>; <see langword="null"/> where it was done by hand.</summary>
    public string? ToolVersion { get; init; }
}

/// <summary>The stages of a migration, in their order.</summary>
public enum MigrationStage
{
    /// <summary>Nothing lifted yet.</summary>
    None = 0,

    /// <summary>Base class, constructor injection, lifecycle, options, logger, host.</summary>
    Infrastructure = 1,

    /// <summary>Loops and heavy dependencies.</summary>
    CoreLogic = 2,

    /// <summary>Sockets, stores and models.</summary>
    Integration = 3,
}
