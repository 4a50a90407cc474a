using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Findings;

/// <summary>States an agent's scores as findings of AGL0001 to AGL0005, on its class name.</summary>
public static class AgentSummary
{
    private static readonly string[] RuleOfLevel =
        [RuleIds.LowRiskAgent, RuleIds.MediumRiskAgent, RuleIds.HighRiskAgent, RuleIds.CriticalRiskAgent];

    /// <summary>Whether a rule states the risk score.</summary>
    internal static bool IsRisk(Rule rule) => Array.IndexOf(RuleOfLevel, rule.Id) >= 0;

    /// <summary>The score, unless the agent is lifted, and the candidate score where it is worth acting on.</summary>
    public static IEnumerable<Evidence> Evidence(AgentAssessment agent)
    {
        var name = agent.Type.Name;
        if (!agent.Lifted)
        {
            yield return new Evidence(
                RuleTable.Get(RuleOfLevel[(int)agent.Risk.Level]),
                agent.Declaration,
                agent.Type,
                [name, agent.Risk.Score.ToString(), Explain(agent.Risk)]);
        }

        var candidate = agent.Candidate;
        if (candidate.Score >= CandidateScorer.WorthOptimising)
        {
            yield return new Evidence(
                RuleTable.Get(RuleIds.OptimizationCandidate),
                agent.Declaration,
                agent.Type,
                [name, candidate.Score.ToString("0.0"), candidate.Potential, candidate.Risk, string.Join(", ", candidate.Patterns)]);
        }
    }

    // file-size 11.25 (227 KB of source), threading 7.5 (2 threads and 1 socket share state)
    private static string Explain(RiskScore risk)
    {
        var parts = risk.Factors.Where(factor => factor.Contribution > 0).Select(factor => $"{factor.Id} {factor.Contribution:0.###} ({factor.Reason})").ToList();
        return parts.Count == 0 ? "no factor applies" : string.Join(", ", parts);
    }
}
