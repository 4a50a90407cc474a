using AgentLift.Cli.Output;
using AgentLift.Cli.Reports;
using AgentLift.Migration.Snapshots;

namespace AgentLift.Cli.Terminal;

/// <summary>Says what recovery undid.</summary>
internal static class RecoveryLines
{
    public static void Write(RecoveryReport recovery, ReportTarget target)
    {
        foreach (var undone in recovery.Undone)
        {
            var what = undone.IsRollback ? "a rollback" : $"stage {undone.Stage} of {undone.Agent}";
            target.Say($"Recovered: {what} in run {undone.Run} had been cut short and was undone ({Figures.Count(undone.Restored.Length, "file")}).");
        }

        foreach (var conflict in recovery.Conflicts)
            Console.Error.WriteLine($"agentlift: error: {conflict}");
    }
}
