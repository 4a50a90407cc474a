using AgentLift.Migration.Planning;
using AgentLift.Migration.Tests.Migrating;

namespace AgentLift.Migration.Tests.Planning;

public class AgentDependenciesTests
{
    [Fact]
    public async Task Manifest_and_references_in_code_both_count()
    {
        using var fleet = new SmallFleet("AAgent", "BAgent", "CAgent");
        fleet.Write("BAgent.cs", fleet.Read("BAgent.cs").Replace("private Thread worker;", "private Thread worker; private readonly AAgent first = new();"));
        var source = await fleet.LoadAsync();
        var manifest = new Core.Settings.DataFile(
            "agents.json", """{ "agents": [ { "name": "CAgent", "type": "Fleet.CAgent", "dependsOn": [ "BAgent" ] }, { "name": "BAgent", "type": "Fleet.BAgent" } ] }""");

        var needs = await AgentDependencies.OfAsync(source.Solution, source.Assessment.Agents, manifest, CancellationToken.None);

        needs.Single(pair => pair.Key.Name == "AAgent").Value.ShouldBeEmpty();
        needs.Single(pair => pair.Key.Name == "BAgent").Value.ShouldHaveSingleItem().Name.ShouldBe("AAgent");
        needs.Single(pair => pair.Key.Name == "CAgent").Value.ShouldHaveSingleItem().Name.ShouldBe("BAgent");
    }
}
