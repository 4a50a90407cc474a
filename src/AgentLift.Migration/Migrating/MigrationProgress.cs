using AgentLift.Core.Rules;

namespace AgentLift.Migration.Migrating;

/// <summary>What a migration is doing.</summary>
public enum MigrationPhase
{
    /// <summary>Agents are being rewritten in memory.</summary>
    Lifting = 0,

    /// <summary>What was rewritten is being compiled and compared.</summary>
    Verifying = 1,

    /// <summary>Files are being written.</summary>
    Writing = 2,

    /// <summary>A command of the user's is running.</summary>
    Command = 3,

    /// <summary>The pause between two batches.</summary>
    Pausing = 4,

    /// <summary>All agents are looked at once more: what was lifted last may have freed something in others.</summary>
    Settling = 5,
}

/// <summary>One step of a migration, as it begins.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Subject">The agent or command.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Batch">The batch, from 1.</param>
/// <param name="Batches">How many there are.</param>
/// <param name="Left">An estimate of the time until the end; <see langword="null"/> before there is one.</param>
public sealed record MigrationProgress(MigrationPhase Phase, string Subject, MigrationStage Stage, int Batch, int Batches, TimeSpan? Left);
