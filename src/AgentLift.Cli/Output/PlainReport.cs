using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Output;

/// <summary>One line an agent and one a finding: stands in until the renderers of Reports/ are wired.</summary>
internal static class PlainReport
{
    public static void Write(FleetAssessment fleet, TextWriter output)
    {
        output.WriteLine($"{fleet.Target}: {fleet.Agents.Length} agents, matrix {fleet.Matrix}");
        foreach (var agent in fleet.Agents)
        {
            output.WriteLine($"{agent.Name} {agent.Risk.Score} {agent.Risk.Level} {agent.Declaration.File}({agent.Declaration.Line})");
            foreach (var evidence in agent.Evidence)
                output.WriteLine($"  {evidence.Rule.Id} {evidence.Place.File}({evidence.Place.Line}) {evidence.Message} {evidence.Fingerprint}");
        }
    }
}
