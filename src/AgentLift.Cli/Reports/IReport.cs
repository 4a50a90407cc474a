using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Reports;

/// <summary>One way of writing down what an assessment found, as a file or on standard output.</summary>
internal interface IReport
{
    /// <summary>Writes the whole report; lines end with <c>\n</c> on every system, so that reports can be compared byte by byte.</summary>
    void Write(FleetAssessment fleet, TextWriter output);
}
