using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Tests;

internal static class SampleFleet
{
    public static FleetAssessment Of(params AssessedAgent[] agents) => new("agentlift 1.0.0", "Fleet.sln", "weighted", [.. agents], []);

    public static AssessedAgent Agent(string name, RiskLevel level, params string[] fingerprints) =>
        new(
            name,
            "Fleet." + name,
            "Fleet",
            [name + ".cs"],
            Lifted: false,
            MigrationStage.None,
            new RiskScore("weighted", 10 * (int)level, level, MigrationStrategy.Staged, []),
            new CandidateScore(0, "low", "high", [], 0, 0, 0, 0),
            [.. fingerprints.Select((fingerprint, index) => Evidence(name, index + 1, fingerprint))])
        {
            Declaration = Place(name, 1),
        };

    private static AssessedEvidence Evidence(string name, int line, string fingerprint) =>
        new(RuleTable.Get(RuleIds.SleepPolling), Place(name, line), $"{name}.Loop()", "message", new CodeExcerpt(line, ["code"]), fingerprint);

    private static SourcePlace Place(string name, int line) => new(name + ".cs", line, 1, line, 5);
}
