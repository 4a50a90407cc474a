using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Manifest;

/// <summary>Reads and validates a fleet manifest, JSON or YAML.</summary>
public static class FleetManifestReader
{
    private static readonly string[] FileNames =
        ["agents.json", "agents.yaml", "agents.yml", "fleet.json", "fleet.yaml", "fleet.yml"];

    /// <summary>Whether an additional file of that name is taken for a manifest.</summary>
    public static bool IsManifest(string path) => FileNames.Contains(System.IO.Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static FleetManifest Read(DataFile file)
    {
        var root = DataDocument.Read(file);
        root.AllowKeys("$schema", "machines", "agents");
        var machines = root.TextsOrEmpty("machines");
        var agents = ImmutableArray.CreateBuilder<ManifestAgent>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.Get("agents").Items())
        {
            var agent = ReadAgent(node, machines);
            if (!names.Add(agent.Name))
                throw node.Get("name").Error($"the agent '{agent.Name}' stands twice", "give each agent its own name");
            agents.Add(agent);
        }

        foreach (var node in root.Get("agents").Items())
        {
            if (node.Find("dependsOn") is not { } dependencies)
                continue;
            foreach (var dependency in dependencies.Items())
            {
                if (!names.Contains(dependency.Text()))
                    throw dependency.Error($"no agent is named '{dependency.Text()}'", "correct the name or add the agent");
            }
        }

        return new FleetManifest(file.Path, agents.ToImmutable());
    }

    private static ManifestAgent ReadAgent(DataNode node, ImmutableArray<string> machines)
    {
        node.AllowKeys("name", "type", "file", "group", "machine", "port", "criticality", "dependsOn", "endpoints");
        var agent = new ManifestAgent(
            node.Get("name").Text(),
            node.TextOrNull("type"),
            node.TextOrNull("file"),
            node.TextOrNull("group"),
            node.TextOrNull("machine"),
            node.Find("port")?.WholeNumber(1, 65535),
            node.Find("criticality")?.OneOf<Criticality>() ?? Criticality.Unknown,
            node.TextsOrEmpty("dependsOn"),
            node.Line)
        {
            Endpoints = node.TextsOrEmpty("endpoints"),
        };
        if (agent.Type is null && agent.File is null)
            throw node.Error($"the agent '{agent.Name}' has neither type nor file", "add \"type\" with the name of its class");
        if (agent.Machine is { } machine && !machines.IsEmpty && !machines.Contains(machine))
            throw node.Get("machine").Error($"no machine is named '{machine}'", "use one of: " + string.Join(", ", machines));
        return agent;
    }
}
