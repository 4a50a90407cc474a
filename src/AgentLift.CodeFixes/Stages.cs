using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Markers;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes;

/// <summary>The rewriters of each stage, pass by pass, in their order. The one list that lightbulbs, Fix All and the tool read.</summary>
internal static class Stages
{
    private static readonly ImmutableArray<ILiftPass> Infrastructure =
    [
        new AgentPass(new BaseAgentRewriter(), new ConsoleLoggingRewriter()),
        new AgentPass(new MarkerRewriter(MigrationStage.Infrastructure)),
    ];

    private static readonly ImmutableArray<ILiftPass> CoreLogic =
    [
        new AgentPass(new HeavyLoadRewriter()),
        new AgentPass(new MarkerRewriter(MigrationStage.CoreLogic)),
    ];

    private static readonly ImmutableArray<ILiftPass> Integration =
    [
        new AgentPass(new MarkerRewriter(MigrationStage.Integration)),
    ];

    /// <summary>The rules that some rewriter removes.</summary>
    public static ImmutableArray<string> FixableRules { get; } =
        [.. Infrastructure.Concat(CoreLogic).Concat(Integration).OfType<AgentPass>().SelectMany(pass => pass.Rewriters).SelectMany(rewriter => rewriter.RuleIds).Distinct().OrderBy(id => id, StringComparer.Ordinal)];

    /// <summary>The passes that lead to a stage, those of the stages before it included.</summary>
    public static ImmutableArray<ILiftPass> PassesOf(MigrationStage stage) => stage switch
    {
        MigrationStage.Infrastructure => Infrastructure,
        MigrationStage.CoreLogic => [.. Infrastructure, .. CoreLogic],
        MigrationStage.Integration => [.. Infrastructure, .. CoreLogic, .. Integration],
        _ => [],
    };

    /// <summary>The passes that remove one rule's evidence, with the base class that nearly all of them need.</summary>
    public static ImmutableArray<ILiftPass> PassesFor(Rule rule) =>
    [
        .. PassesOf(rule.Stage == MigrationStage.None ? MigrationStage.Infrastructure : rule.Stage)
            .OfType<AgentPass>()
            .Select(pass => new AgentPass([.. pass.Rewriters.Where(rewriter => rewriter is BaseAgentRewriter || rewriter.RuleIds.Contains(rule.Id))]))
            .Where(pass => pass.Rewriters.Length > 0),
    ];

    /// <summary>The title of the fix for a rule.</summary>
    public static string TitleOf(Rule rule, string agent) => string.Format(
        Infrastructure.Concat(CoreLogic).Concat(Integration).OfType<AgentPass>().SelectMany(pass => pass.Rewriters).First(rewriter => rewriter.RuleIds.Contains(rule.Id)).Title,
        agent);
}
