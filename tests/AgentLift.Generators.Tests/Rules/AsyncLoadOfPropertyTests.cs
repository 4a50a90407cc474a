using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class AsyncLoadOfPropertyTests
{
    [Theory]
    [InlineData("async Task<Table> LoadAsync() { await Task.Yield(); return new(); }")]
    [InlineData("static ValueTask<Table> LoadAsync(CancellationToken token) => new(new Table());")]
    public void A_property_with_an_asynchronous_load_is_told(string method) => GeneratorVerifier.Reports(
        RuleIds.AsyncLoadOfProperty,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("LoadAsync")] private partial Table [|Words|] { get; } private {{method}} }""",
        "'Words' is a property, so its reader would block until 'LoadAsync' has ended; declare a partial method that returns 'ValueTask<Table>'");

    [Fact]
    public void A_method_with_an_asynchronous_load_is_fine() => GeneratorVerifier.Accepts("""
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadAsync))] private partial ValueTask<Table> GetWordsAsync();

            private static Task<Table> LoadAsync() => Task.FromResult(new Table());
        }
        """);
}
