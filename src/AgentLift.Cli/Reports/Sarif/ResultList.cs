using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Sarif;

/// <summary>The results of a fleet: each place once, in an order that does not depend on the order of projects.</summary>
internal static class ResultList
{
    /// <summary>From this candidate score on, an agent is reported as an optimisation candidate (SPEC section 2, AGL0005).</summary>
    private const decimal CandidateFrom = 6;

    /// <summary>All findings, and for each legacy agent its score.</summary>
    public static ImmutableArray<SarifResult> Of(FleetAssessment fleet) =>
    [
        .. fleet.Agents
            .SelectMany(agent => Findings(agent).Concat(Scores(agent)))
            .OrderBy(result => result.Place.File, StringComparer.Ordinal)
            .ThenBy(result => result.Place.Line)
            .ThenBy(result => result.Place.Column)
            .ThenBy(result => result.Rule.Id, StringComparer.Ordinal)
            .ThenBy(result => result.Fingerprint, StringComparer.Ordinal)
            .ThenBy(result => result.Agent.Name, StringComparer.Ordinal)
            .ThenBy(result => result.Agent.Project, StringComparer.Ordinal)
            // A project with several target frameworks is assessed once for each.
            .DistinctBy(result => (result.Rule.Id, result.Fingerprint, result.Place)),
    ];

    private static IEnumerable<SarifResult> Findings(AssessedAgent agent) => agent.Evidence.Select(finding =>
        new SarifResult(finding.Rule, agent, finding.Place, finding.Message, finding.Fingerprint, finding.Excerpt) { FixObstacle = finding.FixObstacle });

    private static IEnumerable<SarifResult> Scores(AssessedAgent agent)
    {
        // The messages of the risk rules are about legacy agents.
        if (!agent.Lifted && !agent.Evidence.Any(finding => IsLevelRule(finding.Rule.Id)))
            yield return Score(agent, LevelRule(agent.Risk.Level), agent.Risk.Score, Reasons(agent.Risk));

        if (agent.Candidate.Score >= CandidateFrom && !agent.Evidence.Any(finding => finding.Rule.Id == RuleIds.OptimizationCandidate))
        {
            yield return Score(
                agent,
                RuleIds.OptimizationCandidate,
                Figures.Plain(agent.Candidate.Score),
                agent.Candidate.Potential,
                agent.Candidate.Risk,
                string.Join(", ", agent.Candidate.Patterns));
        }
    }

    private static SarifResult Score(AssessedAgent agent, string ruleId, params object[] arguments)
    {
        var rule = RuleTable.Get(ruleId);
        return new SarifResult(
            rule,
            agent,
            agent.Declaration,
            string.Format(rule.Message, [agent.Name, .. arguments]),
            Fingerprint(ruleId, agent.Type),
            Excerpt: null);
    }

    private static string Reasons(RiskScore risk)
    {
        var reasons = risk.Factors
            .Where(factor => factor.Contribution > 0)
            .OrderByDescending(factor => factor.Contribution)
            .Select(factor => factor.Reason)
            .ToList();
        return reasons.Count == 0 ? "no factor applies" : string.Join(", ", reasons);
    }

    private static string LevelRule(RiskLevel level) => level switch
    {
        RiskLevel.Low => RuleIds.LowRiskAgent,
        RiskLevel.Medium => RuleIds.MediumRiskAgent,
        RiskLevel.High => RuleIds.HighRiskAgent,
        _ => RuleIds.CriticalRiskAgent,
    };

    private static bool IsLevelRule(string id) =>
        id is RuleIds.LowRiskAgent or RuleIds.MediumRiskAgent or RuleIds.HighRiskAgent or RuleIds.CriticalRiskAgent;

    // A score belongs to the class, wherever it stands.
    private static string Fingerprint(string ruleId, string type) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ruleId}\n{type}")))[..32];
}
