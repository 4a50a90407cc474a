using System.Collections.Immutable;
using AgentLift.Core.Rules;

namespace AgentLift.Migration.Migrating;

/// <summary>How a fleet is migrated (SPEC section 5).</summary>
public sealed record MigrationOptions
{
    /// <summary>Agents in a batch by default: 5.</summary>
    public const int DefaultBatchSize = 5;

    /// <summary>The least share of a batch that must succeed, or the run stops: three quarters.</summary>
    public const double NeededShare = 0.75;

    /// <summary>The pause between batches by default: 30 seconds.</summary>
    public static TimeSpan DefaultBatchPause { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Name and version of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>The version of the runtime's package that projects will refer to.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Full path of the runtime's assembly, against which lifted code is verified. Default: the one in <c>runtime/</c> beside the tool.</summary>
    public string RuntimeAssembly { get; init; } = MigrationSource.ShippedRuntime;

    /// <summary>The command line, for the list of runs.</summary>
    public string CommandLine { get; init; } = string.Empty;

    /// <summary>The last stage to go through; those before it come first. Default: all.</summary>
    public MigrationStage Stage { get; init; } = MigrationStage.Integration;

    /// <summary>Names of the agents to lift. Default: all but critical ones and exceptions.</summary>
    public ImmutableArray<string> Agents { get; init; } = [];

    /// <summary>Agents in a batch, at least 1.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>The pause between two batches that wrote something; may be zero.</summary>
    public TimeSpan BatchPause { get; init; } = DefaultBatchPause;

    /// <summary>Also rewrites that need a person's eye afterwards. Default: no.</summary>
    public bool IncludeAssisted { get; init; }

    /// <summary>Commands of the user's that must succeed after each stage of a batch, in their order. Default: none.</summary>
    public ImmutableArray<string> VerifyCommands { get; init; } = [];
}
