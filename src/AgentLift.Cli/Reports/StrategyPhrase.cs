using AgentLift.Core.Risk;

namespace AgentLift.Cli.Reports;

/// <summary>What each strategy of SPEC section 3 means, in a few words.</summary>
internal static class StrategyPhrase
{
    /// <summary>The meaning of a strategy.</summary>
    public static string Of(MigrationStrategy strategy) => strategy switch
    {
        MigrationStrategy.Rapid => "all stages in one go",
        MigrationStrategy.Staged => "stage by stage, verified after each",
        MigrationStrategy.Framework => "stage by stage, old and new in parallel, roll-out observed",
        _ => "the tool plans and explains, a person decides each step",
    };
}
