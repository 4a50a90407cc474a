using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>All agents, one line each. Below 100 columns the bar is short and the evidence shares one column.</summary>
internal static class AgentTable
{
    private const int WideFrom = 100;

    private static readonly MigrationStage[] Stages = [MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration];

    /// <summary>Builds the table for a console.</summary>
    public static Table Of(FleetAssessment fleet, Profile profile)
    {
        var wide = profile.Width >= WideFrom;
        var table = new Table { Border = PlainBorder.Of(profile) };
        // A border brings a blank of its own between columns.
        var gap = (wide ? 1 : 0) + (profile.Capabilities.Unicode ? 0 : 1);
        foreach (var heading in new[] { "Agent", "Level", "Score", "Stage", "Strategy" })
            table.AddColumn(Column(heading, gap, Justify.Left));
        foreach (var heading in wide ? new[] { "Infra", "Core", "Integ", "Lazy" } : ["Evidence", "Lazy"])
            table.AddColumn(Column(heading, gap, Justify.Right));

        foreach (var agent in fleet.Agents)
            table.AddRow(Cells(agent, wide, profile.Capabilities.Unicode));
        return table;
    }

    /// <summary>What the columns mean that a heading cannot say.</summary>
    public static string Legend(Profile profile) => profile.Width >= WideFrom
        ? "Infra, Core, Integ: findings by stage. Lazy: gain from lazy loading, 0 to 10."
        : "Evidence: findings by stage. Lazy: gain from lazy loading, 0 to 10.";

    private static List<Spectre.Console.Rendering.IRenderable> Cells(AssessedAgent agent, bool wide, bool unicode)
    {
        var counts = Stages.Select(stage => StageGroups.Count(agent, stage).ToString()).ToList();
        return
        [
            new Text(OneLine.Of(agent.Name)),
            new Text(agent.Risk.Level.ToKebabCase(), LevelStyle.Of(agent.Risk.Level)),
            ScoreBar.Of(agent.Risk, wide ? 10 : 5, unicode),
            new Text(wide ? Phrases.Reached(agent) : Short(agent), agent.Lifted ? new Style(Color.Green) : Style.Plain),
            new Text(agent.Risk.Strategy.ToKebabCase()),
            .. wide ? counts.Select(count => new Text(count)) : [new Text(string.Join('/', counts))],
            new Text(Figures.Tenths(agent.Candidate.Score)),
        ];
    }

    private static string Short(AssessedAgent agent) => agent.Lifted
        ? "lifted"
        : agent.Stage switch
        {
            MigrationStage.Infrastructure => "infra",
            MigrationStage.CoreLogic => "core",
            MigrationStage.Integration => "integ",
            _ => "-",
        };

    // Only names may wrap; where space is short, the gaps shrink first.
    private static TableColumn Column(string heading, int gap, Justify alignment) =>
        new(new Text(heading, new Style(decoration: Decoration.Bold)))
        {
            Alignment = alignment,
            NoWrap = heading != "Agent",
            Padding = new Padding(0, 0, gap, 0),
        };
}
