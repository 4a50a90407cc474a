using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic;
using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.CodeFixes.CoreLogic.Timers;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Infrastructure;
using AgentLift.CodeFixes.Infrastructure.Configuration;
using AgentLift.CodeFixes.Infrastructure.Health;
using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Infrastructure.Shutdown;
using AgentLift.CodeFixes.Integration.Clients;
using AgentLift.CodeFixes.Integration.Data;
using AgentLift.CodeFixes.Integration.Endpoints;
using AgentLift.CodeFixes.Integration.Listeners;
using AgentLift.CodeFixes.Integration.Lookups;
using AgentLift.CodeFixes.Integration.Models;
using AgentLift.CodeFixes.Integration.Tensors;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Markers;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes;

/// <summary>The rewriters of each stage, pass by pass, in their order. The one list that lightbulbs, Fix All and the tool read.</summary>
internal static class Stages
{
    private static readonly MarkerRewriter InfrastructureMarker = new(MigrationStage.Infrastructure);
    private static readonly MarkerRewriter CoreLogicMarker = new(MigrationStage.CoreLogic);
    private static readonly MarkerRewriter IntegrationMarker = new(MigrationStage.Integration);

    private static readonly SupervisionRewriter Supervision = new();
    private static readonly RawClientTimeoutRewriter ClientTimeouts = new();
    private static readonly HardCodedEndpointRewriter Endpoints = new();

    private static readonly ImmutableArray<ILiftPass> Infrastructure =
    [
        new AgentPipeline(
            new AgentPass(new FullNameRewriter()),
            new AgentPass(new BaseAgentRewriter(), new ConsoleLoggingRewriter(), new HealthCheckRewriter())) { Marker = InfrastructureMarker },
        new HostRegistrationPass(),
        new AgentPipeline(
            new AgentPass(new CompatibilityConstructorRewriter(), new ShutdownRewriter()),
            new AgentPass(new ConfigurationRewriter()),
            new AgentPass(new OptionsBindingRewriter()),
            new AgentPass(InfrastructureMarker)) { Marker = InfrastructureMarker },
    ];

    private static readonly AgentPipeline CoreLogic = new(
        // Of the next stage, but its loops may be the runtime's after this one.
        new AgentPass(new LeakedTensorRewriter()) { Along = [Supervision] },
        new AgentPass(Supervision),
        new AgentPass(new TimerRewriter()),
        new AgentPass(new SleepRewriter()),
        new AgentPass(new BlockingRewriter()),
        new AgentPass(new PeriodicRewriter()),
        new AgentPass(new HeavyLoadRewriter()),
        new AgentPass(new PhaseRewriter()),
        new AgentPass(CoreLogicMarker))
    {
        Marker = CoreLogicMarker,
    };

    private static readonly AgentPipeline Integration = new(
        new AgentPass(new RawListenerRewriter()),
        new AgentPass(new MessageQueueSocketRewriter()),
        new AgentPass(new LifetimeConnectionRewriter()),
        // Before the endpoints, which would take the addresses out of its tables one by one.
        new AgentPass(new ServiceLookupRewriter()),
        new AgentPass(new SharedClientRewriter()) { Along = [ClientTimeouts, Endpoints] },
        new AgentPass(ClientTimeouts) { Along = [Endpoints] },
        new AgentPass(Endpoints),
        new AgentPass(new CompatibilityConstructorRewriter(), new PhaseRewriter()),
        // Behind what takes out constructors that nobody calls, which have no manager to hand on.
        new AgentPass(new UnmanagedModelLoadRewriter()),
        new AgentPass(IntegrationMarker))
    {
        Marker = IntegrationMarker,
    };

    private static readonly ImmutableArray<IRewriter> Rewriters =
        [.. UpTo(MigrationStage.Integration).OfType<AgentPipeline>().SelectMany(pipeline => pipeline.Passes).SelectMany(pass => pass.Rewriters)];

    /// <summary>The rules that some rewriter removes.</summary>
    public static ImmutableArray<string> FixableRules { get; } = [.. Rewriters.SelectMany(rewriter => rewriter.RuleIds).Distinct().OrderBy(id => id, StringComparer.Ordinal)];

    /// <summary>The passes of the stages up to one, in their order.</summary>
    public static ImmutableArray<ILiftPass> UpTo(MigrationStage stage) => stage switch
    {
        MigrationStage.None => [],
        MigrationStage.Infrastructure => Infrastructure,
        MigrationStage.CoreLogic => [.. Infrastructure, CoreLogic],
        _ => [.. Infrastructure, CoreLogic, Integration],
    };

    /// <summary>The passes that remove one rule's evidence, with the base class that nearly all of them need.</summary>
    public static ImmutableArray<ILiftPass> PassesFor(Rule rule) =>
    [
        .. UpTo(LastStageFor(rule))
            .OfType<AgentPipeline>()
            .Select(pipeline => pipeline.Only(rewriter => rewriter is FullNameRewriter or BaseAgentRewriter || rewriter.RuleIds.Contains(rule.Id)))
            .Where(pipeline => pipeline.Passes.Length > 0),
    ];

    /// <summary>The stage in which the evidence of a rule that some rewriter removes is gone: the rule's own, unless what removes it comes later.</summary>
    public static MigrationStage LastStageFor(Rule rule) => new[] { MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration }
        .First(stage => stage >= rule.Stage && UpTo(stage).OfType<AgentPipeline>().Any(pipeline => pipeline.Passes.Any(pass => pass.Rewriters.Any(rewriter => rewriter.RuleIds.Contains(rule.Id)))));

    /// <summary>The title of the fix for a rule.</summary>
    public static string TitleOf(Rule rule, string agent) => string.Format(Rewriters.First(rewriter => rewriter.RuleIds.Contains(rule.Id)).Title, agent);
}
