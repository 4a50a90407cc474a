using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>One agent in full: how its score comes about, what lazy loading would bring, and the code behind both.</summary>
internal sealed class ExplainReport
{
    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes the explanation to a console.</summary>
#pragma warning disable CA1822 // A report is an instance like the others, so that the command can treat all alike.
    public void Write(AssessedAgent agent, IAnsiConsole console)
#pragma warning restore CA1822
    {
        WriteHeader(agent, console);
        WriteScore(agent.Risk, console);
        CandidateView.Write(agent.Candidate, console);
        WriteEvidence(agent, console);
    }

    private static void WriteHeader(AssessedAgent agent, IAnsiConsole console)
    {
        console.Write(new UnwrappedLine()
            .Add(agent.Name, Heading)
            .Add("  ")
            .Add($"{agent.Risk.Level.ToKebabCase()} risk, score {agent.Risk.Score}", LevelStyle.Of(agent.Risk.Level)));
        console.Write(new UnwrappedLine().Add($"{agent.Type} in {agent.Project}", Dim));
        console.Write(new UnwrappedLine().Add($"{agent.Declaration.File}({agent.Declaration.Line},{agent.Declaration.Column})", Dim));
        foreach (var file in agent.Files.Where(file => file != agent.Declaration.File))
            console.Write(new UnwrappedLine().Add(file, Dim));
        console.Write(new UnwrappedLine().Add(
            $"Stage {Phrases.Reached(agent)}, strategy {agent.Risk.Strategy.ToKebabCase()}: {StrategyPhrase.Of(agent.Risk.Strategy)}"));
    }

    private static void WriteScore(RiskScore risk, IAnsiConsole console)
    {
        var sum = FactorSum.Of(risk);
        console.WriteLine();
        console.Write(new UnwrappedLine().Add("Risk score", Heading).Add($"  matrix {risk.Matrix}; {sum.Formula}", Dim));
        var table = new Table { Border = PlainBorder.Of(console.Profile), ShowFooters = true };
        table.AddColumn(new TableColumn("Factor") { Footer = new Text("Sum") });
        table.AddColumn(new TableColumn(sum.Scale == 1 ? "Points" : "Weight") { Alignment = Justify.Right });
        table.AddColumn(new TableColumn("Severity") { Alignment = Justify.Right });
        table.AddColumn(new TableColumn("Adds") { Alignment = Justify.Right, Footer = new Text(Figures.Plain(sum.Total)) });
        table.AddColumn(new TableColumn("Because"));
        foreach (var factor in risk.Factors)
        {
            var style = factor.Contribution == 0 ? Dim : Style.Plain;
            table.AddRow(
                new Text(OneLine.Of(factor.Id), style),
                new Text(Figures.Plain(factor.Weight), style),
                new Text(Figures.Plain(factor.Severity), style),
                new Text(Figures.Plain(factor.Contribution), style),
                new Text(OneLine.Of(factor.Reason), style));
        }

        console.Write(table);
        console.Write(new UnwrappedLine()
            .Add($"{Capital(sum.Conclusion(risk.Score))}: ")
            .Add($"{risk.Level.ToKebabCase()} risk", LevelStyle.Of(risk.Level))
            .Add($", strategy {risk.Strategy.ToKebabCase()}."));
    }

    private static void WriteEvidence(AssessedAgent agent, IAnsiConsole console)
    {
        console.WriteLine();
        console.Write(new UnwrappedLine().Add($"Evidence: {Figures.Count(agent.Evidence.Length, "finding")}", Heading));
        foreach (var (stage, evidence) in StageGroups.Of(agent))
        {
            console.WriteLine();
            console.Write(new UnwrappedLine().Add($"{Phrases.Title(stage)}, {evidence.Count}", new Style(Color.Blue, decoration: Decoration.Bold)));
            foreach (var finding in evidence)
            {
                console.Write(EvidenceList.Line(finding));
                console.Write(new UnwrappedLine().Add($"    {finding.Rule.Name}, {Phrases.Fix(finding)}", Dim));
                ExcerptView.Write(finding, console);
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
