using AgentLift.Core.Data;
using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Tests;

public class FleetManifestReaderTests
{
    private const string Json = """
        {
          "machines": ["atlas", "borealis"],
          "agents": [
            { "name": "registry", "type": "Fleet.Registry", "machine": "atlas", "port": 5600, "criticality": "core" },
            { "name": "tutor", "file": "src/Tutor.cs", "machine": "borealis", "dependsOn": ["registry"] },
            { "name": "hub", "type": "Hub", "dependsOn": ["tutor"] }
          ]
        }
        """;

    private const string Yaml = """
        machines: [atlas, borealis]
        agents:
          - name: registry
            type: Fleet.Registry
            machine: atlas
            port: 5600
            criticality: core
          - name: tutor
            file: src/Tutor.cs
            machine: borealis
            dependsOn: [registry]
          - name: hub
            type: Hub
            dependsOn: [tutor]
        """;

    [Theory]
    [InlineData("agents.json", Json)]
    [InlineData("agents.yaml", Yaml)]
    public void Both_formats_say_the_same(string path, string content)
    {
        var manifest = FleetManifestReader.Read(new DataFile(path, content));

        manifest.Agents.Select(agent => agent.Name).ShouldBe(["registry", "tutor", "hub"]);
        manifest.Agents[0].Port.ShouldBe(5600);
        manifest.Agents[0].Criticality.ShouldBe(Criticality.Core);
        manifest.DirectDependents(manifest.Agents[0]).ShouldBe(1);
        manifest.TransitiveDependents(manifest.Agents[0]).ShouldBe(2);
        manifest.Find("Fleet.Registry", "Registry", _ => false)!.Name.ShouldBe("registry");
        manifest.Find("Other.Tutor", "Tutor", file => file == "src/Tutor.cs")!.Name.ShouldBe("tutor");
        manifest.Find("Other", "Other", _ => false).ShouldBeNull();
    }

    [Fact]
    public void The_endpoints_of_a_lifted_agent_may_be_named()
    {
        var manifest = FleetManifestReader.Read(new DataFile("agents.json", """{ "agents": [{ "name": "hub", "type": "Hub", "endpoints": ["admin", "requests"] }, { "name": "tutor", "type": "Tutor" }] }"""));

        manifest.Agents[0].Endpoints.ShouldBe(["admin", "requests"]);
        manifest.Agents[1].Endpoints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"port\": 5600", "\"port\": 70000", 4, "70000 is not a whole number from 1 to 65535")]
    [InlineData("[\"registry\"]", "[\"registrar\"]", 5, "no agent is named 'registrar'")]
    [InlineData("\"machine\": \"borealis\"", "\"machine\": \"corona\"", 5, "no machine is named 'corona'")]
    [InlineData("\"name\": \"hub\", \"type\": \"Hub\"", "\"name\": \"hub\"", 6, "the agent 'hub' has neither type nor file")]
    [InlineData("\"name\": \"hub\"", "\"name\": \"tutor\"", 6, "the agent 'tutor' stands twice")]
    [InlineData("\"criticality\": \"core\"", "\"criticality\": \"huge\"", 4, "'huge' is not known here")]
    public void A_mistake_is_named_with_its_line(string right, string wrong, int line, string message)
    {
        var error = Should.Throw<DataException>(() => FleetManifestReader.Read(new DataFile("agents.json", Json.Replace(right, wrong, StringComparison.Ordinal))));

        error.Problem.Line.ShouldBe(line);
        error.Problem.Message.ShouldStartWith(message);
    }

    [Fact]
    public void Malformed_yaml_is_named_with_its_line() =>
        Should.Throw<DataException>(() => FleetManifestReader.Read(new DataFile("agents.yml", "agents:\n  - name: [a\n"))).Problem.Line.ShouldBeGreaterThan(1);
}
