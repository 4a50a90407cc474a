using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Output;

/// <summary>The renderer of each format: the one place that knows them all.</summary>
internal static class ReportWriters
{
    /// <summary>Writes a fleet in some format.</summary>
    public static void Write(ReportFormat format, FleetAssessment fleet, Verbosity verbosity, TextWriter output)
    {
        _ = (format, verbosity); // Wired to Reports/ when both branches are together.
        PlainReport.Write(fleet, output);
    }

    /// <summary>Writes one agent factor by factor.</summary>
    public static void Explain(FleetAssessment fleet, AssessedAgent agent, TextWriter output) =>
        PlainReport.Write(fleet with { Agents = [agent] }, output);
}
