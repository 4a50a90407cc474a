using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Accepted;

/// <summary>What a team lets stay for now, each with a reason and the day of the next look: <c>agentlift.exceptions.json</c>. The build is silent about it, reports are not.</summary>
public sealed class AcceptedFindings
{
    private readonly ImmutableArray<AcceptedEntry> entries;

    private AcceptedFindings(ImmutableArray<AcceptedEntry> entries) => this.entries = entries;

    /// <summary>Reads the file among some additional files. One that cannot be used is reported, and accepts nothing.</summary>
    public static AcceptedFindings Read(ImmutableArray<AdditionalText> additionalFiles, Action<DataProblem> onProblem, CancellationToken cancellationToken)
    {
        try
        {
            return new([.. additionalFiles
                .Where(file => AcceptedFindingsReader.IsExceptions(file.Path))
                .Select(file => file.GetText(cancellationToken) is { } text ? new DataFile(file.Path, text.ToString()) : null)
                .OfType<DataFile>().SelectMany(file => AcceptedFindingsReader.Read(file))]);
        }
        catch (DataException error)
        {
            onProblem(error.Problem);
            return new([]);
        }
    }

    /// <summary>Whether an agent may keep what a rule finds in it.</summary>
    public bool Contains(AgentAssessment agent, Rule rule) => entries.Any(entry => entry.IsAbout(agent) && (entry.Rules.IsEmpty || entry.Rules.Contains(rule.Id)));

    /// <summary>The findings of an agent that nothing accepts, its scores among them: they count while something is left to lift.</summary>
    public IEnumerable<Evidence> OthersOf(AgentAssessment agent)
    {
        var others = agent.Evidence.Where(evidence => !Contains(agent, evidence.Rule)).ToList();
        var isScored = others.Count > 0 || agent.Evidence.IsEmpty;
        return others.Concat(AgentSummary.Evidence(agent).Where(summary => (isScored || !AgentSummary.IsRisk(summary.Rule)) && !Contains(agent, summary.Rule)));
    }
}
