using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports.Html;

/// <summary>How much of its evidence an agent may show, so that the page of a large fleet still opens on a phone.</summary>
/// <param name="Findings">Findings listed for each agent.</param>
/// <param name="Excerpts">Findings shown with their code for each agent.</param>
internal sealed record EvidenceBudget(int Findings, int Excerpts)
{
    /// <summary>About 450 bytes each on the page.</summary>
    private const int AllFindings = 2400;

    /// <summary>About 700 bytes each on the page.</summary>
    private const int AllExcerpts = 900;

    /// <summary>Longest line of code on the page, in characters.</summary>
    public const int LineWidth = 140;

    /// <summary>Most lines of code for one finding.</summary>
    public const int Lines = 7;

    /// <summary>Shares the page among the agents that have evidence; none gets less than a few findings.</summary>
    public static EvidenceBudget For(FleetAssessment fleet)
    {
        var agents = Math.Max(1, fleet.Agents.Count(agent => !agent.Evidence.IsEmpty));
        return new EvidenceBudget(Math.Max(8, AllFindings / agents), Math.Max(3, AllExcerpts / agents));
    }
}
