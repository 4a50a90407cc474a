using System.Collections.Immutable;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using static AgentLift.Cli.Tests.Reports.SampleAgents;

namespace AgentLift.Cli.Tests.Reports;

/// <summary>Fleets to be reported: always the same, so that reports can be compared.</summary>
internal static class SampleFleet
{
    public const string Tool = "agentlift 0.1.0";
    public const string Matrix = "weighted";

    /// <summary>Fourteen agents of every level and stage, and three problems.</summary>
    public static FleetAssessment Fourteen { get; } = Of(
    [
        Agent("vram-optimizer", 1, 1, 0.75m, 0.5m, 0.5m, candidate: 5.5m, rules: ["AGL1001", "AGL1003", "AGL2001", "AGL2003", "AGL2006", "AGL6001", "AGL6004", "AGL6002"]),
        ModelManager,
        Agent("streaming-speech-recognition", 0.5m, 0.5m, 0.75m, 0.25m, 0.5m, candidate: 7.5m, rules: ["AGL1001", "AGL1002", "AGL2001", "AGL2002", "AGL3001", "AGL4002", "AGL4001", "AGL6001"]),
        Agent("face-recognition", 0.25m, 0.75m, 0.5m, 0.25m, 0.25m, candidate: 9.4m, rules: ["AGL1001", "AGL2001", "AGL4001", "AGL4003", "AGL6002", "AGL5001"]),
        Agent("tutoring", 0, 0.25m, 0.75m, 0.25m, 0, candidate: 2.1m, rules: ["AGL1001", "AGL2003", "AGL2009", "AGL3004", "AGL5001"]),
        Agent("noise-reduction", 0.25m, 0.25m, 0.5m, 0, 0.25m, candidate: 4.5m, rules: ["AGL1001", "AGL2001", "AGL4002"]),
        Agent("session-memory", 0.25m, 0, 0.5m, 0.75m, 0.5m, candidate: 0, stage: MigrationStage.Infrastructure, rules: ["AGL2001", "AGL5001", "AGL5003"]),
        Agent("request-coordinator", 0.25m, 0, 0.75m, 0.25m, 0.75m, candidate: 1, stage: MigrationStage.CoreLogic, rules: ["AGL3001", "AGL3003", "AGL3004", "AGL3005"]),
        Agent("health-monitor", 0, 0, 0.5m, 0, 0.25m, candidate: 0, rules: ["AGL1001", "AGL1002", "AGL2005"]),
        Agent("emotion-engine", 0, 0.25m, 0.25m, 0, 0, candidate: 6.2m, rules: ["AGL1001", "AGL4001", "AGL2002"]),
        Agent("calendar-sync", 0, 0, 0.25m, 0.25m, 0, candidate: 0, rules: ["AGL1004", "AGL5002", "AGL3002"]),
        Agent("digital-twin", 0, 0, 0.25m, 0, 0.25m, candidate: 0, lifted: true, rules: []),
        Agent("knowledge-base", 0, 0, 0, 0.25m, 0, candidate: 0, lifted: true, rules: []),
        Agent("echo", 0, 0, 0, 0, 0, candidate: 0, lifted: true, rules: []),
    ],
    [
        new AssessmentError("agents.yaml", 12, "unknown key 'prot'", "write 'port', or remove the line"),
        new AssessmentError("src/Legacy/Legacy.csproj", null, "the project could not be loaded: its target framework v2.0 is not installed", "install the targeting pack, or leave the project out with --exclude"),
        new AssessmentError(null, null, "Redis could not be reached.", "start it, or assess without fan-in"),
    ]);

    /// <summary>Nothing found and nothing wrong.</summary>
    public static FleetAssessment Empty { get; } = Of([], []);

    /// <summary>Nothing could be read.</summary>
    public static FleetAssessment ErrorsOnly { get; } = Of([], Fourteen.Errors);

    /// <summary>Names, messages and code that would break a careless report.</summary>
    public static FleetAssessment Hostile { get; } = Of(
        [HostileAgent("<script>alert(1)</script>"), HostileAgent("a|b`c`*d*\r\n# e @everyone \"f\" 'g' & [h](i) \u001b[31m \ud800")],
        [new AssessmentError("a|b <i>.yaml", 3, "bad ` | <b>\nnext line", "see <a href='x'>")]);

    /// <summary>A fleet of that many agents with a dozen findings each.</summary>
    public static FleetAssessment Large(int agents) => Of(
        [
            .. Enumerable.Range(1, agents).Select(i => Agent(
                $"agent-{i:000}", i % 5 / 4m, i % 3 / 4m, i % 4 / 4m, i % 4 / 4m, i % 2 / 4m, i % 11, lifted: i % 9 == 0,
                rules: [.. RuleTable.All.Where(rule => rule.Family is > 0 and < RuleFamilies.Generators).Skip(i % 7).Take(12).Select(rule => rule.Id)])),
        ],
        []);

    public static FleetAssessment Of(ImmutableArray<AssessedAgent> agents, ImmutableArray<AssessmentError> errors) =>
        new(Tool, "legacy/Fleet.sln", Matrix, InOrder(agents), errors);

    private static ImmutableArray<AssessedAgent> InOrder(ImmutableArray<AssessedAgent> agents) =>
        [.. agents.OrderByDescending(agent => agent.Risk.Score).ThenBy(agent => agent.Name, StringComparer.Ordinal)];
}
