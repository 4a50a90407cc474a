using AgentLift.Migration.Loading;
using AgentLift.Migration.Tests.Migrating;

namespace AgentLift.Migration.Tests.Loading;

public class WarmUpTests
{
    [Fact]
    public async Task The_small_agent_goes_through_all_stages_so_that_all_of_the_lift_is_warm()
    {
        var lifted = await WarmUp.LiftAsync(SmallFleet.Options.RuntimeAssembly, CancellationToken.None);

        var texts = new Dictionary<string, string>();
        foreach (var document in lifted.Projects.Single().Documents)
            texts[document.Name] = (await document.GetTextAsync()).ToString();
        texts["Program.cs"].ShouldContain("builder.AddAgent((_, context) => new Example.WarmAgent(context");
        texts["WarmAgent.cs"].ShouldContain("BaseAgent");
        texts["WarmAgent.cs"].ShouldContain("RunPeriodically");
        texts["WarmAgent.cs"].ShouldContain("[LiftedAgent(MigrationStage.Integration");
    }
}
