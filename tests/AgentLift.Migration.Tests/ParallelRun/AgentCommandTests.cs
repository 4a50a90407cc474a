using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Tests.ParallelRun;

public class AgentCommandTests
{
    [Theory]
    [InlineData("--port", "--port")]
    [InlineData("{port}", "7000")]
    [InlineData("127.0.0.1:{port+80}", "127.0.0.1:7080")]
    [InlineData("{port}-{port+1}-{port}", "7000-7001-7000")]
    [InlineData("{port+}{port+x}{ports}", "{port+}{port+x}{ports}")]
    public void Marks_become_ports(string argument, string filled) => new AgentCommand([argument], null).With(7000).ShouldBe([filled]);

    [Fact]
    public void The_ports_that_it_names_are_known_so_that_all_of_them_can_be_free() =>
        new AgentCommand(["agent", "{port}:{port+80}", "--web", "{port+1}"], null).Offsets.ShouldBe([0, 80, 1]);
}
