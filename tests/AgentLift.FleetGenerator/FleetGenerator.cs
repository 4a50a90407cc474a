using System.Collections.Immutable;
using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator;

/// <summary>Generates fleets of agents whose evidence is known.</summary>
public static class FleetGenerator
{
    /// <summary>Generates a fleet. Equal options give equal bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no agents, or fewer lines than agents.</exception>
    public static GeneratedFleet Generate(FleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Agents, 1);
        if (options.TargetLines is { } lines)
            ArgumentOutOfRangeException.ThrowIfLessThan(lines, options.Agents);

        var composer = new FleetComposer(options);
        composer.Compose();

        var files = ImmutableArray.CreateBuilder<GeneratedFile>();
        var expected = ImmutableArray.CreateBuilder<ExpectedEvidence>();
        foreach (var (file, agent) in composer.Files.OrderBy(file => file.File.Path, StringComparer.Ordinal))
        {
            files.Add(new GeneratedFile(file.Path, file.Style.Write(file.Lines)));
            if (agent is null)
                continue;
            for (var index = 0; index < file.Lines.Length; index++)
            {
                foreach (var rule in file.Lines[index].Rules.Order(StringComparer.Ordinal))
                    expected.Add(new ExpectedEvidence(rule, file.Path, index + 1, agent));
            }
        }

        var written = files.ToImmutable();
        return new GeneratedFleet(
            options.Compilable ? written : Damage.Apply(written, options.Seed),
            expected.ToImmutable(),
            [.. composer.Agents.OrderBy(agent => agent.Type, StringComparer.Ordinal)]);
    }
}
